using System.CommandLine;
using System.Globalization;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Rendering;
using SearchCluster.Cli.Specs;
using SearchCluster.Specs.Explaining;

namespace SearchCluster.Cli.Commands.Specs;

/// <summary><c>spec explain SPEC</c>: what would run, before anything does.</summary>
internal sealed class SpecExplainCommand : CliCommand
{
    private readonly SpecOptions _spec = new();

    public SpecExplainCommand()
        : base(
            "explain",
            "Say what a spec means: trials, parameters, budget, what would run",
            "spec explain examples/digits.search.yaml",
            "spec explain examples/digits.search.yaml --set budget.trials=100 --json")
    {
        _spec.AddTo(this);
        SeeAlso = ["spec check", "run"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        var input = await _spec.ReadAsync(parse, context);
        return Print(context, input.Require(context));
    }

    public static int Print(CommandContext context, SearchSpec spec)
    {
        var explanation = SpecExplanation.Of(spec, context.Workloads.Vocabulary);
        if (context.Output.IsJson)
        {
            context.Output.WriteJson(explanation, CliJsonContext.Default.SpecExplanation);
            return ExitCodes.Done;
        }

        WriteText(context, explanation);
        return ExitCodes.Done;
    }

    private static void WriteText(CommandContext context, SpecExplanation explanation)
    {
        var data = context.Output.Data;
        Line("search", explanation.Name);
        Line("about", explanation.Description);
        Line("workload", $"{explanation.Workload}: {explanation.WorkloadDescription}");
        Line("data", explanation.Data);
        Line("objective", explanation.Objectives is { } objectives ? string.Join("; ", objectives) : explanation.Objective);
        Line(
            "trials",
            $"{(explanation.TrialCount is { } count ? $"{count}" : "as many as the budget allows")} ({explanation.TrialCountReason})");
        Line("algorithm", $"{explanation.Algorithm}: {explanation.AlgorithmReason}");
        Line("options", OptionList(explanation.AlgorithmOptions));
        Line("warm start", explanation.WarmStart);
        Line("repeats", explanation.Repeats is { } repeats ? $"{repeats} evaluations of each configuration" : null);
        Line("reproducible", explanation.Round is { } round ? $"in rounds of {round} trials" : null);
        Line("scheduler", $"{explanation.Scheduler}: {explanation.SchedulerReason}");
        Line("settings", OptionList(explanation.SchedulerOptions));
        Line("budget", string.Join(", ", explanation.Budget));
        Line("stopping", explanation.EarlyStopping);
        Line("ensemble", explanation.Ensemble);
        Line("seed", $"{explanation.Seed}");
        data.WriteLine();
        context.Output.DataConsole.Write(ParameterTable(explanation));
        data.WriteLine();
        if (explanation.Stages is { } stages)
        {
            context.Output.DataConsole.Write(StageTable(stages));
            data.WriteLine();
        }

        explanation.Steps.Select((step, index) => $"{index + 1}. {SafeText.Of(step)}").ToList().ForEach(data.WriteLine);

        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                data.WriteLine($"{name,-10} {SafeText.Of(value)}");
            }
        }
    }

    private static string? OptionList(ValueArray<OptionExplanation>? options) =>
        options is null
            ? null
            : string.Join(", ", options.Select(option => $"{option.Name} {option.Value}{(option.IsDefault ? " (default)" : "")}"));

    private static Spectre.Console.Table StageTable(ValueArray<StageExplanation> stages)
    {
        var table = Tables.New("stage", "algorithm", "trials", "data", "space");
        foreach (var stage in stages)
        {
            table.Row(
                $"{stage.Number}",
                stage.Algorithm,
                stage.Trials,
                string.Create(CultureInfo.InvariantCulture, $"{stage.DataFraction * 100:0.##} %"),
                stage.Space);
        }

        return table;
    }

    private static Spectre.Console.Table ParameterTable(SpecExplanation explanation)
    {
        var table = Tables.New("parameter", "type", "range", "grid points", "active when");
        foreach (var parameter in explanation.Parameters)
        {
            table.Row(parameter.Name, parameter.Type, parameter.Range, parameter.Points ?? "-", parameter.Condition ?? "always");
        }

        return table;
    }
}
