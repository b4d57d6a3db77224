insert into epoch_key (epoch, wrapped) values (:epoch, :wrapped)
