select commitment, generation from issued where epoch = ? and person = ?
