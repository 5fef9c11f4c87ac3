using System.CommandLine;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Coordinator.Reading;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Leases;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary><c>journal salvage [SEARCH]</c>: keeps what comes before the damage, and a copy of the rest; without a search it writes the
/// file anew with all that can be read.</summary>
internal sealed class JournalSalvageCommand : CliCommand
{
    private readonly Argument<SearchId?> _search = Inputs.OptionalSearch(
        "Name of the search; without it, a file with damaged pages is written anew");

    public JournalSalvageCommand()
        : base(
            "salvage",
            "Keep what a damaged search has before the damage; without a search, write a file with damaged pages anew",
            "journal salvage digits",
            "journal salvage")
    {
        Add(_search);
        Works = true;
        SeeAlso = ["journal check", "resume"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        var journal = JournalChoice.Of(context.Environment.Variable) ?? new SqliteJournal(state.JournalFile);
        if (parse.GetValue(_search) is not { } search)
        {
            Tell(context, new JournalSalvage(journal, state, context.Environment.Clock).Rebuild());
            return ExitCodes.Done;
        }

        if (JournalCheck.Run(journal).Searches.All(known => known.Search != search))
        {
            throw new CliException(
                ExitCodes.NotFound, $"There is no search '{search}'.", "searchcluster journal check shows all", ProblemCodes.NotFound);
        }

        await using var hold = await JournalHold.TakeAsync(journal, context.Cancellation);
        var done = new JournalSalvage(hold.Journal, state, context.Environment.Clock).Run(search);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(SalvageDocument.Of(done), CliJsonContext.Default.SalvageDocument);
            return ExitCodes.Done;
        }

        context.Output.Data.WriteLine(done.Copy is null
            ? $"Search {search} is whole: {done.Kept} events. Nothing was changed."
            : $"Search {search} keeps {Counted.Of(done.Kept, "event")}; {Counted.Of(done.Events, "event")} and "
                + $"{Counted.Of(done.Snapshots, "snapshot")} were cut.\ncopy         {done.Copy}");
        if (done.Copy is not null)
        {
            context.Output.Note(
                done.Kept == 0 ? "Nothing could be kept: submit it again." : $"It goes on from there with: searchcluster resume {search}");
        }

        return ExitCodes.Done;
    }

    private static void Tell(CommandContext context, RebuiltJournal? done)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(new RebuildDocument(done?.Rows, done?.Lost, done?.Copy), CliJsonContext.Default.RebuildDocument);
            return;
        }

        context.Output.Data.WriteLine(done is null
            ? "The pages of the journal are whole. Nothing was changed; a damaged search is salvaged by its name."
            : $"The journal was written anew with {done.Rows} rows; {done.Lost} could not be read.\ncopy         {done.Copy}");
        if (done is not null)
        {
            context.Output.Note("Which searches are whole: searchcluster journal check");
        }
    }
}
