using System.CommandLine;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Searches;
using SearchCluster.Cli.Options;
using SearchCluster.Coordinator.Moving;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Commands.Machine;

/// <summary><c>journal export</c>: copies the events of searches into a file of JSON lines, beside a running coordinator too.</summary>
internal sealed class JournalExportCommand : CliCommand
{
    private readonly Argument<SearchId[]> _searches = Inputs.Searches("Names of the searches; without one, all of them");
    private readonly Option<string> _out = new("--out", "-o") { HelpName = "FILE", Description = "The file to write", Required = true };
    private readonly Option<bool> _salvage = new("--salvage")
    {
        Description = "Keep of a damaged search what comes before the damage (exit code 9)",
    };

    public JournalExportCommand()
        : base(
            "export",
            "Copy searches out of the journal into a file, to move them to another journal or to keep them",
            "journal export --out searches.jsonl",
            "journal export digits --out digits.jsonl --salvage")
    {
        Add(_searches);
        Add(_out);
        Add(_salvage);
        Works = true;
        SeeAlso = ["journal import", "journal check", "journal salvage"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var state = StateFolder.Resolve(context.Settings.State);
        var journal = JournalChoice.Of(context.Environment.Variable) ?? new SqliteJournal(state.JournalFile);
        var file = Path.GetFullPath(parse.GetValue(_out)!);
        IReadOnlyList<ExportedSearch> exported;
        try
        {
            exported = new JournalExport(journal, context.Environment.Clock).Run(
                parse.GetValue(_searches) ?? [], file, parse.GetValue(_salvage));
        }
        catch (ArchiveException refused)
        {
            throw ArchiveFailure.Of(refused);
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson(JournalExportDocument.Of(file, exported), CliJsonContext.Default.JournalExportDocument);
        }
        else
        {
            foreach (var search in exported)
            {
                context.Output.Data.WriteLine(
                    $"{search.Search}: {Counted.Of(search.Events, "event")}"
                        + (search.Damage is { } damage
                            ? $"; event {damage.EventNumber} is damaged ({damage.Explanation}), and what follows is left out"
                            : ""));
            }

            context.Output.Data.WriteLine($"file         {file}");
            context.Output.Note(
                "Checkpoints and models are not in it: copy searches/NAME of the state folder too. Then: searchcluster journal import "
                    + Path.GetFileName(file));
        }

        return Task.FromResult(exported.Any(search => search.Damage is not null) ? ExitCodes.ProblemsFound : ExitCodes.Done);
    }
}
