delete from epoch_key where epoch = :epoch
