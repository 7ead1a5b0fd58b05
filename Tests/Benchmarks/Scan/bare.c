// The floor: the same rows through libpq and nothing else. bare single|copy QUERY; prints the number of rows.
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(PGconn *connection) {
  fputs(PQerrorMessage(connection), stderr);
  exit(1);
}

int main(int count, char **arguments) {
  if (count != 3) return 64;
  PGconn *connection = PQconnectdb("");
  if (PQstatus(connection) != CONNECTION_OK) fail(connection);
  long rows = 0, sum = 0;
  if (strcmp(arguments[1], "copy") == 0) {
    char statement[8192];
    snprintf(statement, sizeof statement, "COPY (%s) TO STDOUT (FORMAT binary)", arguments[2]);
    PGresult *result = PQexec(connection, statement);
    if (PQresultStatus(result) != PGRES_COPY_OUT) fail(connection);
    char *buffer;
    while (PQgetCopyData(connection, &buffer, 0) > 0) {
      sum += buffer[0];
      PQfreemem(buffer);
      rows++;
    }
  } else {
    if (!PQsendQueryParams(connection, arguments[2], 0, NULL, NULL, NULL, NULL, 1)) fail(connection);
    PQsetSingleRowMode(connection);
    PGresult *result;
    while ((result = PQgetResult(connection))) {
      ExecStatusType status = PQresultStatus(result);
      if (status == PGRES_SINGLE_TUPLE) {
        rows++;
        // Touch the dates, as any reader must.
        for (int column = 2; column < 5; column++)
          if (!PQgetisnull(result, 0, column)) sum += PQgetvalue(result, 0, column)[3];
      } else if (status != PGRES_TUPLES_OK)
        fail(connection);
      PQclear(result);
    }
  }
  printf("%ld %ld\n", rows, sum);
  PQfinish(connection);
  return 0;
}
