update issued_on_day set passes = passes + ? where epoch = ? and day = ?
