-- A search reads all that waits to be sorted into the index, which was up to 4 MB after an import.
ALTER INDEX users_search_index SET (gin_pending_list_limit = 256);
