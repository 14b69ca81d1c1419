#!/bin/sh
# Runs once in a new PostgreSQL container: the role that owns the schema, the role of the running
# program, which owns nothing, and the database.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -v owner="$DOCMILL_OWNER_PASSWORD" -v program="$DOCMILL_PROGRAM_PASSWORD" <<'SQL'
create role docmill_owner login createrole password :'owner';
create role docmill_app nologin;
create role docmill_program login password :'program' in role docmill_app;
create database docmill owner docmill_owner;
SQL
