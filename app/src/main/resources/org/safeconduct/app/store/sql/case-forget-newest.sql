update warning_case set upload = null where until_hour < :hour and upload is not null
