using System.CommandLine;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Data;
using SearchCluster.Cli.Json;
using SearchCluster.Models.Data.Description;

namespace SearchCluster.Cli.Commands;

/// <summary><c>data describe NAME|PATH</c>: what data hold, before a search is written.</summary>
internal sealed class DataDescribeCommand : CliCommand
{
    private readonly Argument<string> _source = new("NAME|PATH") { Description = "Registered data set, digits, or a file, folder or archive" };
    private readonly Option<string?> _format = DataInputs.Format();
    private readonly Option<string?> _target = new("--target") { HelpName = "COLUMN", Description = "Column of a table whose classes are counted. Default: the last" };
    private readonly Option<string[]> _missing = new("--missing-text") { HelpName = "TEXT", Description = "Text of a table that means an empty field, such as NA; may be repeated" };
    private readonly Option<int?> _skip = Inputs.WholeNumber("--skip-lines", "Lines of a table before its header", 0, 1_000_000);

    public DataDescribeCommand()
        : base(
            "describe",
            "Say what data hold: rows, shapes, classes, columns with their gaps",
            "data describe digits",
            "data describe ./houses.csv --target price --missing-text NA",
            "data describe mnist --json")
    {
        Add(_source);
        Add(_format);
        Add(_target);
        Add(_missing);
        Add(_skip);
        SeeAlso = ["data add", "spec new", "sanity"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => DataInputs.GuardAsync(async () =>
    {
        var source = parse.GetRequiredValue(_source);
        var registered = context.DataRegistry.Find(source);
        var spec = context.DataRegistry.Resolve(new DataSpec(
            registered is null ? PathOf(context, source) : DataSpec.RegisteredPrefix + source,
            parse.GetValue(_target),
            new SplitSpec(),
            Format: DataInputs.ParseFormat(parse.GetValue(_format)),
            Table: new TableSpec(MissingTexts: parse.GetValue(_missing)?.ToValueArray(), SkipLines: parse.GetValue(_skip))));
        var description = await Task.Run(() => DataDescriber.Describe(spec), context.Cancellation);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(DataDescribeDocument.Of(source, registered?.Sha256, description), CliJsonContext.Default.DataDescribeDocument);
        }
        else
        {
            DataReport.Description(context, registered, description);
        }

        return ExitCodes.Done;
    });

    private static string PathOf(CommandContext context, string source)
    {
        var path = context.FullPath(source);
        return source == "digits" && !File.Exists(path) && !Directory.Exists(path) ? source
            : File.Exists(path) || Directory.Exists(path) ? path
            : throw new CliException(ExitCodes.NotFound, $"\"{Output.SafeText.Of(source)}\" is neither a registered data set nor a file or folder.{Suggestions.Sentence(source, context.DataRegistry.List().Select(data => data.Name))}", "see: searchcluster data list", "SC3000");
    }
}
