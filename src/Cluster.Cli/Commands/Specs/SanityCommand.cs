using System.CommandLine;
using System.Globalization;
using SearchCluster.Artifacts;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Cli.Json;
using SearchCluster.Cli.Json.Models;
using SearchCluster.Cli.Specs;
using SearchCluster.Cli.Workloads;
using SearchCluster.Hosting.State;
using SearchCluster.Insight.Charts;
using SearchCluster.Insight.Wording;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Native;
using SearchCluster.Models.Sanity;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Cli.Commands.Specs;

/// <summary><c>sanity SPEC</c>: can the configuration in the middle of the space learn at all, and what does an
/// epoch cost? Needs no coordinator.</summary>
internal sealed class SanityCommand : CliCommand
{
    private readonly SpecOptions _spec = new();
    private readonly Option<string> _device = new("--device")
    {
        HelpName = "DEVICE",
        Description = "cpu, cuda or cuda:N. Default: cpu",
        DefaultValueFactory = _ => "cpu",
    };
    private readonly Option<string?> _file = new("--output", "-o")
    {
        HelpName = "FILE.svg",
        Description = "Write the chart as an SVG picture instead of drawing it in the terminal",
    };

    public SanityCommand()
        : base(
            "sanity",
            "Check before a search whether training can work, on few rows",
            "sanity examples/digits.search.yaml",
            "sanity examples/digits.search.yaml --set workload.fixed.batchSize=32 -o sanity.svg")
    {
        _spec.AddTo(this);
        Add(_device);
        Add(_file);
        Works = true;
        SeeAlso = ["spec explain", "doctor", "run"];
    }

    public override async Task<int> RunAsync(ParseResult parse, CommandContext context)
    {
        if (parse.GetValue(_file) is { } file && !file.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw new CliException(
                ExitCodes.WrongUsage,
                $"--output is \"{SafeText.Of(file)}\", but must end with .svg.",
                "for example: -o sanity.svg",
                CommandCodes.WrongUsage);
        }

        var spec = (await _spec.ReadAsync(parse, context)).Require(context);
        var report = await ClimbAsync(context, spec, parse.GetRequiredValue(_device));
        var chart = SanityChart.Of(spec, report);
        if (parse.GetValue(_file) is { } picture)
        {
            context.WriteFile(picture, SvgChart.Text(chart));
            context.Output.Note($"Chart written to {picture}.");
        }

        if (context.Output.IsJson)
        {
            context.Output.WriteJson(SanityDocument.Of(spec, report), CliJsonContext.Default.SanityDocument);
        }
        else
        {
            Write(context, report, parse.GetValue(_file) is null ? chart : null);
        }

        return report.CanLearn && report.StartsWell ? ExitCodes.Done : ExitCodes.ProblemsFound;
    }

    private static async Task<SanityReport> ClimbAsync(CommandContext context, SearchSpec spec, string device)
    {
        var plan = TrialPlan.Of(spec);
        if (plan.Workload.Pretrained is { File: null, Trial: null } pretrained)
        {
            context.Output.Note(
                $"The encoder starts from drawn weights here, not from the best trial of {pretrained.From}; name a trial to check that.");
            plan = plan with { Workload = plan.Workload with { Pretrained = null } };
        }

        return await LeavableWork.RunAsync(
            toEnd => Climb(context, plan, CentralConfiguration.Of(spec), device, toEnd),
            context.Environment.Clock,
            context.Cancellation);
    }

    private static SanityReport Climb(
        CommandContext context, TrialPlan plan, ParameterValues values, string device, CancellationToken toEnd)
    {
        var work = new WorkContext(
            new StoredArtifacts(new FolderArtifactStore(StateFolder.Resolve(context.Settings.State).Root)),
            _ => { },
            context.Environment.Clock,
            toEnd);
        SanityReport? report = null;
        DataCheck.Translate(() =>
        {
            TorchRuntime.Initialize();
            report = SanityLadder.Run(
                context.Workloads.Catalog ?? WorkloadCatalog.Default,
                plan with { Data = plan.Data is { } data ? context.DataRegistry.Resolve(data) : null },
                values,
                device,
                work,
                what => context.Output.Note($"… {what}"));
        });
        return report!;
    }

    private static void Write(CommandContext context, SanityReport report, Chart? chart)
    {
        var data = context.Output.Data;
        Line("values", string.Join(", ", report.Values.Entries.Select(entry => $"{entry.Key} {Format.Value(entry.Value)}")));
        Line(
            "data",
            $"{report.Shape.Describe()}; {report.Rows.Train} rows to train, {report.Rows.Validation} to validate, {report.Rows.Test} to "
                + $"test");
        report.Warnings.ToList().ForEach(warning => Line("", warning));
        Line("network", string.Create(CultureInfo.InvariantCulture, $"{report.Parameters:#,0} parameters"));
        Line(Mark(report.StartsWell), report.ExpectedLoss is { } expected
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"untrained: loss {report.InitialLoss:0.####}, expected near ln {report.Shape.ClassLabels.Count} = "
                    + $"{expected:0.####}{(report.StartsWell ? "" : ": look at the initial weights and the scale of the inputs")}")
            : string.Create(CultureInfo.InvariantCulture, $"untrained: loss {report.InitialLoss:0.####}"));
        foreach (var rung in report.Rungs)
        {
            Line(Mark(rung.IsLearned), $"{rung.Name}: {rung.Finding}");
        }

        var cost = report.Cost;
        var time = double.IsFinite(cost.SecondsPerEpoch) ? Durations.Of(TimeSpan.FromSeconds(cost.SecondsPerEpoch)) : "not measured";
        Line("epoch", string.Create(CultureInfo.InvariantCulture, $"{time}: {cost.Steps} steps of {cost.BatchSize} rows"));
        Line("memory", cost.StepBytes is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $"about {bytes / (1024.0 * 1024):0.#} MiB for one forward and backward pass")
            : "not measured: only processes on Linux and on a CPU can be");
        Line("batch", $"{cost.LargestBatch} rows fit; {cost.Limit}");
        if (chart is not null)
        {
            data.WriteLine();
            TextChart.Write(data, chart, context.Output.DataConsole.Profile.Width);
        }

        void Line(string name, string text) => data.WriteLine($"{name,-10} {SafeText.Of(text)}");
    }

    private static string Mark(bool isWell) => isWell ? "ok" : "problem";
}
