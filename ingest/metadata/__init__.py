"""Who a document is: title, type, issuer, symbol, dates, language, relations."""
