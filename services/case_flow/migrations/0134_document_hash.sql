-- Paper and electronic file move together: the file's SHA-256 goes on the slip beside the paper's barcode (S1-137).
alter table slip add column document_hash bytea check (octet_length(document_hash) = 32);
