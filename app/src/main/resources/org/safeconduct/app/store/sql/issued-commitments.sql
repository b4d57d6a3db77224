select commitment from issued where epoch = :epoch
