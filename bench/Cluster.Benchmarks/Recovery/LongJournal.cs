using Microsoft.Data.Sqlite;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.Wire;

namespace SearchCluster.Benchmarks.Recovery;

/// <summary>Adds finished trials to the journal of a search behind its coordinator, which must not run.</summary>
internal static class LongJournal
{
    /// <summary>Writes the events of trials after the submission, as the coordinator would have written them.</summary>
    /// <returns>How many events the search has then.</returns>
    public static long Append(StateFolder state, SearchId search, int trials, int measurements)
    {
        using var connection = new SqliteConnection($"Data Source={state.JournalFile};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        var columns = Columns(connection, transaction);
        insert.CommandText =
            $"INSERT INTO journal ({string.Join(", ", columns)}) SELECT {string.Join(", ", columns.Select(Value))} FROM journal "
                + "WHERE persistence_id = @id AND sequence_number = 1";
        insert.Parameters.AddWithValue("@id", "search-" + search);
        var (number, message, manifest) = (
            insert.Parameters.Add("@number", SqliteType.Integer),
            insert.Parameters.Add("@message", SqliteType.Blob),
            insert.Parameters.Add("@manifest", SqliteType.Text));
        var last = 1L;
        foreach (var e in Events(search, trials, measurements))
        {
            (number.Value, message.Value, manifest.Value) = (++last, ContractCodec.Write(e), ContractCodec.Manifest(e));
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return last;
    }

    /// <summary>The number of the last event that a snapshot holds; 0 for none.</summary>
    public static long LastSnapshot(StateFolder state, SearchId search)
    {
        using var connection = new SqliteConnection($"Data Source={state.JournalFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT max(sequence_number) FROM snapshot WHERE persistence_id = @id";
        command.Parameters.AddWithValue("@id", "search-" + search);
        return command.ExecuteScalar() is long number ? number : 0;
    }

    // The order of events is the table's own; all else but number, message and manifest is as of the first event.
    private static List<string> Columns(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM pragma_table_info('journal') WHERE name <> 'ordering'";
        command.Transaction = transaction;
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static string Value(string column) => column switch
    {
        "sequence_number" => "@number",
        "message" => "@message",
        "manifest" => "@manifest",
        _ => column,
    };

    private static IEnumerable<ISearchEvent> Events(SearchId search, int trials, int measurements)
    {
        var (random, start) = (new RandomStream(7), TimeProvider.System.GetUtcNow());
        for (var number = 0; number < trials; number++)
        {
            var (trial, at, fence) = (new TrialId(number), start.AddMilliseconds(number), number + 1L);
            var values = new ParameterValues(
            [
                KeyValuePair.Create("x", ParameterValue.Real((15 * random.NextDouble()) - 5)),
                KeyValuePair.Create("y", ParameterValue.Real(15 * random.NextDouble())),
            ]);
            yield return new SearchEvents.TrialSuggested(search, trial, values, random.NextUInt64(), new SuggestionOrigin("random"), at);
            yield return new SearchEvents.AttemptStarted(
                search, WorkItem.Trial(trial), 1, fence, new WorkerId("bench-1"), "one", "CPU, 2 cores", at);
            for (var epoch = 1; epoch <= measurements; epoch++)
            {
                var measurement = new Measurement(epoch, Metrics(random.NextDouble()), TimeSpan.FromSeconds(epoch));
                yield return new SearchEvents.MeasurementReported(search, trial, fence, epoch, measurement, null, at);
            }

            var loss = random.NextDouble();
            yield return new SearchEvents.TrialFinished(
                search,
                trial,
                fence,
                TrialState.Completed,
                new TrialResult(loss, 1, measurements, Metrics(loss), TimeSpan.FromSeconds(measurements), HasModel: true),
                TrainingStop.AllEpochs,
                null,
                at,
                measurements + 1);
        }
    }

    private static ValueMap<double> Metrics(double value) => new([new("value", value)]);
}
