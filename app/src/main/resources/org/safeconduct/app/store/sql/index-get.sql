select file from warning_index
