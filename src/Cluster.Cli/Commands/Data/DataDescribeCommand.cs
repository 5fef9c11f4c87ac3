using System.CommandLine;
using SearchCluster.Cli.Data;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Data;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Predictions;
using SearchCluster.Cli.Specs;
using SearchCluster.Models.Data.Description;

namespace SearchCluster.Cli.Commands.Data;

/// <summary><c>data describe NAME|PATH</c>: what data hold, before a search is written.</summary>
internal sealed class DataDescribeCommand : CliCommand
{
    private readonly Argument<string> _source = new("NAME|PATH")
    {
        Description = "Registered data set, digits, or a file, folder or archive (- for standard input)",
    };
    private readonly Option<string?> _format = DataInputs.Format();
    private readonly Option<string?> _target = new("--target")
    {
        HelpName = "COLUMN",
        Description = "Column of a table whose classes are counted. Default: the last",
    };
    private readonly ReadingOptions _reading = new(isForModel: false);
    private readonly Option<int?> _classLevel = Inputs.WholeNumber("--class-level", "How deep the folders of classes of images lie. "
        + "Default: told from the folders", 1, 16);
    private readonly Option<string?> _void = new("--void")
    {
        HelpName = "VALUE",
        Description = "Value of a target's pixels that is no "
        + "class: '#rrggbb', a number of grey, or none. Default: black in colours"
    };

    public DataDescribeCommand()
        : base(
            "describe",
            "Say what data hold: rows, shapes, classes, columns with their gaps",
            "data describe digits",
            "data describe ./houses.csv --target price --missing-text NA",
            "data describe ./export.csv --separator ';' --decimal , --dates sold=day-first",
            "data describe mnist --json")
    {
        Add(_source);
        Add(_format);
        Add(_target);
        foreach (var option in _reading.All)
        {
            Add(option);
        }

        Add(_classLevel);
        Add(_void);
        Works = true;
        SeeAlso = ["data add", "spec new", "sanity"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => DataInputs.GuardAsync(async () =>
    {
        var given = parse.GetRequiredValue(_source);
        var source = given.StartsWith(DataSpec.RegisteredPrefix, StringComparison.Ordinal)
            ? given[DataSpec.RegisteredPrefix.Length..]
            : given;
        var registered = context.DataRegistry.Find(source);
        var spec = context.DataRegistry.Resolve(new DataSpec(
            registered is not null || source != given ? DataSpec.RegisteredPrefix + source : PathOf(context, source),
            parse.GetValue(_target),
            new SplitSpec(),
            Format: DataFormats.Parse(parse.GetValue(_format)),
            Table: _reading.Of(parse) ?? new(),
            Images: ImagesOf(parse)));
        var pipe = source == SpecInput.StandardInput ? await PredictionInput.OpenAsync(context, source) : null;
        var description = await StandardInput.UntilCancelledAsync(
            () => pipe is null ? DataDescriber.Describe(spec) : DataDescriber.Describe(spec, pipe), context.Cancellation);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(
                DataDescribeDocument.Of(source, registered?.Sha256, description), CliJsonContext.Default.DataDescribeDocument);
        }
        else
        {
            DataReport.Description(context, registered, description);
        }

        return ExitCodes.Done;
    });

    private ImageSpec? ImagesOf(ParseResult parse) => (parse.GetValue(_classLevel), parse.GetValue(_void)) is var (level, value)
        && (level is not null || value is not null)
        ? new(Void: value, ClassLevel: level)
        : null;

    private static string PathOf(CommandContext context, string source)
    {
        var path = context.FullPath(source);
        return source == SpecInput.StandardInput ? source
            : source == "digits" && !File.Exists(path) && !Directory.Exists(path) ? source
            : File.Exists(path) || Directory.Exists(path) ? path
            : throw new CliException(
                ExitCodes.NotFound,
                $"\"{SafeText.Of(source)}\" is neither a registered data set nor a file or "
                    + $"folder.{Suggestions.Sentence(source, context.DataRegistry.List().Select(data => data.Name))}",
                "see: searchcluster data list",
                DataCodes.CannotOpen);
    }
}
