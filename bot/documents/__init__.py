"""What people keep: calendar files, QR codes, letters, tables."""
