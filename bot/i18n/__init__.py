"""What is said, in the reader's language: catalogues, the choice of a language, dates and money by CLDR."""
