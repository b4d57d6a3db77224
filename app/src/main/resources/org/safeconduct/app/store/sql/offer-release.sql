delete from enrolment where scheme = ? and person = ? and generation < ?
