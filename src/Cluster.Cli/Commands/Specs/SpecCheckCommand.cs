using System.CommandLine;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Options;
using SearchCluster.Cli.Output;
using SearchCluster.Cli.Specs;
using SearchCluster.Specs.Problems;

namespace SearchCluster.Cli.Commands.Specs;

/// <summary><c>spec check SPEC</c>: all problems of a file at once; they are the data asked for, so they go to standard output.</summary>
internal sealed class SpecCheckCommand : CliCommand
{
    private readonly SpecOptions _spec = new();
    private readonly Option<bool> _strict = new("--strict") { Description = "Treat warnings as problems (exit code 9)" };
    private readonly Option<string> _format = Inputs.Choice(
        "--format", "How problems are printed. Default: human", "human", "human", "msbuild");

    public SpecCheckCommand()
        : base(
            "check",
            "Check a spec file and show all of its problems",
            "spec check examples/digits.search.yaml",
            "spec check examples/digits.search.yaml --strict --json")
    {
        _spec.AddTo(this);
        Add(_strict);
        Add(_format);
        SeeAlso = ["spec explain", "spec schema"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var input = await _spec.ReadAsync(parse, context);
        var result = input.CheckWithData(context);
        if (context.Output.IsJson)
        {
            var document = new SpecCheckDocument(input.FileName, result.Spec is not null, result.Spec?.Name.Value, new(result.Problems));
            context.Output.WriteJson(document, CliJsonContext.Default.SpecCheckDocument);
        }
        else
        {
            Print(context, input, result, parse.GetRequiredValue(_format) == "msbuild");
        }

        return result switch
        {
            { HasUnknownOverride: true } => ExitCodes.WrongUsage,
            { Spec: null } => ExitCodes.InvalidInput,
            { WarningCount: > 0 } when parse.GetValue(_strict) => ExitCodes.ProblemsFound,
            _ => ExitCodes.Done,
        };
    }

    private static void Print(CommandContext context, SpecInput input, SpecReadResult result, bool isMsBuild)
    {
        var data = context.Output.Data;
        if (isMsBuild)
        {
            result.Problems.ToList().ForEach(problem => data.WriteLine(SafeText.Of(SpecProblemFormat.MsBuild(problem))));
            return;
        }

        SpecProblemPrinter.Print(data, result.Problems, input.Text);
        data.WriteLine(result.Spec is { } spec
            ? $"{SafeText.Of(input.FileName)}: {SpecProblemFormat.Summary(result)}; search {spec.Name} can run."
            : $"{SafeText.Of(input.FileName)}: {SpecProblemFormat.Summary(result)}.");
    }
}
