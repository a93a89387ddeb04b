"""The languages as they are written on the command line."""

from enum import StrEnum


class Language(StrEnum):
    """Languages that Doorstep speaks."""

    EN = "en"
    ZH_HANS = "zh_Hans"
    ZH_HANT = "zh_Hant"
