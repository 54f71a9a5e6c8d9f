"""What every service needs: settings, errors, database, events, time, GraphQL, authorization, audit."""
