select max(cast(version as integer)) from flyway_schema_history where success
