delete from enrolment where scheme = :scheme and person = :person
