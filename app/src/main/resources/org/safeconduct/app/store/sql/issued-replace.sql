update issued set commitment = ?, generation = ?, replaced = replaced + 1 where epoch = ? and person = ?
