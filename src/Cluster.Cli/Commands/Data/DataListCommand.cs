using System.CommandLine;
using SearchCluster.Cli.Data;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Data;
using SearchCluster.Cli.Rendering;
using SearchCluster.Insight.Wording;

namespace SearchCluster.Cli.Commands.Data;

/// <summary><c>data list</c>: the data sets that this machine knows by name, or those that can be fetched.</summary>
internal sealed class DataListCommand : CliCommand
{
    private readonly Option<bool> _public = new("--public") { Description = "List the public data sets that can be fetched instead" };

    public DataListCommand()
        : base("list", "List the data sets that this machine knows by name", "data list", "data list --public", "data list --json")
    {
        Add(_public);
        SeeAlso = ["data add", "data fetch", "data describe"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => DataInputs.GuardAsync(() =>
    {
        if (parse.GetValue(_public))
        {
            ListPublic(context);
        }
        else
        {
            ListRegistered(context);
        }

        return Task.FromResult(ExitCodes.Done);
    });

    private static void ListRegistered(CommandContext context)
    {
        var sets = context.DataRegistry.List();
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(new DataListDocument([.. sets.Select(DataSetJson.Of)]), CliJsonContext.Default.DataListDocument);
            return;
        }

        if (sets.Count == 0)
        {
            context.Output.Note(
                "No data sets yet. Register one with: searchcluster data add NAME PATH   or download one: searchcluster data list "
                    + "--public");
            return;
        }

        var table = Tables.New("name", "format", "files", "size", "sha256", "added", "path");
        foreach (var set in sets)
        {
            var isThere = File.Exists(set.Path) || Directory.Exists(set.Path);
            table.Row(
                set.Name,
                DataFormats.Word(set.Format),
                $"{set.Files}",
                Format.Mebibytes(set.Bytes),
                set.Sha256[..12],
                Format.Ago(set.AddedAt, context.Now),
                isThere ? set.Path : set.Path + " (missing)");
        }

        context.Output.DataConsole.Write(table);
    }

    private static void ListPublic(CommandContext context)
    {
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                new DataListDocument([.. PublicDataSets.All.Select(DataSetJson.Of)]), CliJsonContext.Default.DataListDocument);
            return;
        }

        var table = Tables.New("name", "format", "size", "what", "licence");
        foreach (var set in PublicDataSets.All)
        {
            table.Row(set.Name, DataFormats.Word(set.Format), set.Bytes is { } bytes
                ? Format.Mebibytes(bytes)
                : "-", set.Summary, set.Licence);
        }

        context.Output.DataConsole.Write(table);
        context.Output.Note("Download one with: searchcluster data fetch NAME");
    }
}
