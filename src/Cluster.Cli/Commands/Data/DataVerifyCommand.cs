using System.CommandLine;
using SearchCluster.Artifacts.Data;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Fetching;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Data;
using SearchCluster.Models.Data;

namespace SearchCluster.Cli.Commands.Data;

/// <summary><c>data verify [NAME…]</c>: are the files still those that were registered?</summary>
internal sealed class DataVerifyCommand : CliCommand
{
    private const int MostShown = 10;

    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "Data sets; without a name all of them",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public DataVerifyCommand()
        : base(
            "verify",
            "Hash the files of data sets again and tell what changed (exit code 9)",
            "data verify",
            "data verify mnist houses",
            "data verify houses --json")
    {
        Add(_names);
        Works = true;
        SeeAlso = ["data list", "data add"];
    }

    public override Task<int> RunAsync(ParseResult parse, CommandContext context) => DataInputs.GuardAsync(async () =>
    {
        var names = parse.GetValue(_names) ?? [];
        var sets = names.Length == 0 ? [.. context.DataRegistry.List()] : names.Select(name => DataInputs.Require(context, name)).ToList();
        var verdicts = new List<DataVerdictJson>();
        foreach (var set in sets)
        {
            verdicts.Add(await VerifyAsync(context, set));
        }

        var isUnchanged = verdicts.TrueForAll(verdict => verdict.IsUnchanged);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(new DataVerifyDocument(isUnchanged, verdicts), CliJsonContext.Default.DataVerifyDocument);
        }
        else
        {
            verdicts.ForEach(verdict => Write(context.Output.Data, verdict));
        }

        if (sets.Count == 0)
        {
            context.Output.Note("No data sets are registered.");
        }

        return isUnchanged ? ExitCodes.Done : ExitCodes.ProblemsFound;
    });

    private static async Task<DataVerdictJson> VerifyAsync(CommandContext context, RegisteredData set)
    {
        try
        {
            var differences = await ByteProgress.RunAsync(
                context,
                set.Name,
                tell => Task.Run(
                    () => context.DataRegistry.Verify(set, new DataInputs.Told(done => tell(done, set.Bytes)), context.Cancellation),
                    context.Cancellation));
            return new(set.Name, differences.Count == 0, [.. differences], null);
        }
        catch (DataException unreadable)
        {
            return new(set.Name, false, [], unreadable.Message);
        }
    }

    private static void Write(TextWriter output, DataVerdictJson verdict)
    {
        output.WriteLine(
            $"{(verdict.IsUnchanged ? "ok" : "changed"),-9}{verdict.Name}{(verdict.Error is { } error ? ": " + SafeText.Of(error) : "")}");
        foreach (var difference in verdict.Differences.Take(MostShown))
        {
            output.WriteLine($"         {SafeText.Of(difference)}");
        }

        if (verdict.Differences.Count > MostShown)
        {
            output.WriteLine($"         … {verdict.Differences.Count} in all");
        }
    }
}
