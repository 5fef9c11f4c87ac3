using System.CommandLine;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Rendering;
using SearchCluster.Coordinator.Reading;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary><c>journal check</c>: can every event and every snapshot be read? Also beside a running coordinator.</summary>
internal sealed class JournalCheckCommand : CliCommand
{
    public JournalCheckCommand()
        : base(
            "check",
            "Read every event and snapshot of the journal and tell what is damaged (exit code 9)",
            "journal check",
            "journal check --json") =>
        SeeAlso = ["journal salvage", "list"];

    public override Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        var found = JournalCheck.Run(JournalChoice.Of(context.Environment.Variable) ?? new SqliteJournal(state.JournalFile));
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(JournalDocument.Of(found), CliJsonContext.Default.JournalDocument);
        }
        else
        {
            Write(context, found);
        }

        return Task.FromResult(found.IsWhole ? ExitCodes.Done : ExitCodes.ProblemsFound);
    }

    private static void Write(CommandContext context, CheckedJournal found)
    {
        if (found.Searches.Count > 0)
        {
            var table = Tables.New("search", "events", "found");
            foreach (var search in found.Searches)
            {
                table.Row(search.Search.Value, $"{search.Events}", search is { Damage: null, Covered: null, Snapshots.Count: 0 }
                    ? "whole"
                    : "damaged");
            }

            context.Output.DataConsole.Write(table);
        }

        var data = context.Output.Data;
        foreach (var search in found.Searches)
        {
            if (search.Covered is { } covered)
            {
                data.WriteLine(SafeText.Of(FormattableString.Invariant(
                    $"Search '{search.Search}': event {covered.EventNumber} cannot be read ({covered.Explanation}), but a snapshot ")
                    + "behind it holds what came of it: nothing is lost by it."));
            }

            if (search.Damage is { } damage)
            {
                data.WriteLine(SafeText.Of(damage.Describe()));
            }

            if (search.Snapshots.Count > 0)
            {
                data.WriteLine(
                    $"Search '{search.Search}': the snapshot after event {string.Join(", ", search.Snapshots)} cannot be read; the events "
                        + $"are read instead. searchcluster journal salvage {search.Search} removes it.");
            }
        }

        if (!found.IsRegisterWhole)
        {
            data.WriteLine("The list of searches has entries that cannot be read; those searches are known by their events.");
        }

        found.Complaints.ToList().ForEach(complaint => data.WriteLine($"SQLite: {SafeText.Of(complaint)}"));
        if (found.Complaints.Count > 0)
        {
            data.WriteLine(
                "Pages of the file are damaged. A new file with all that can be read, beside a copy of this one: searchcluster journal "
                    + "salvage");
        }

        context.Output.Note(found.IsWhole ? $"{found.Place} is whole." : $"{found.Place} is damaged.");
    }
}
