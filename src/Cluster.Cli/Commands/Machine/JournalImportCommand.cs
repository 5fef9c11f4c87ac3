using System.CommandLine;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Coordinator.Moving;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary><c>journal import FILE</c>: writes exported searches into the journal of a coordinator that is stopped.</summary>
internal sealed class JournalImportCommand : CliCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "What searchcluster journal export wrote" };

    public JournalImportCommand()
        : base(
            "import",
            "Write exported searches into the journal; the coordinator is stopped meanwhile",
            "journal import searches.jsonl",
            "journal import searches.jsonl --state /srv/searches")
    {
        Add(_file);
        Works = true;
        SeeAlso = ["journal export", "resume", "list"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        var journal = JournalChoice.Of(context.Environment.Variable) ?? new SqliteJournal(state.JournalFile);
        IReadOnlyList<ImportedSearch> imported;
        try
        {
            imported = await new JournalImport(journal, state, context.Environment.Clock).RunAsync(
                Path.GetFullPath(parse.GetValue(_file)!), (_, _, _) => { }, context.Cancellation);
        }
        catch (ArchiveException refused)
        {
            throw ArchiveFailure.Of(refused);
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson(JournalImportDocument.Of(imported), CliJsonContext.Default.JournalImportDocument);
            return ExitCodes.Done;
        }

        foreach (var search in imported)
        {
            context.Output.Data.WriteLine(search.Added == search.Events
                ? $"{search.Search}: {Counted.Of(search.Events, "event")}"
                : $"{search.Search}: {Counted.Of(search.Events, "event")}, {search.Added} of them new");
        }

        context.Output.Note(
            "Checkpoints and models come with their folders under searches/. Then: searchcluster coordinator, or resume NAME");
        return ExitCodes.Done;
    }
}
