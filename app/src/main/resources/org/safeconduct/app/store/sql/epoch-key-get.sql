select wrapped from epoch_key where epoch = :epoch
