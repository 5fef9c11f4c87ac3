using System.Text.Json;
using SearchCluster.Artifacts;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Tests.Documentation;
using SearchCluster.Cli.Tests.EndToEnd;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Workloads;
using TorchSharp;

namespace SearchCluster.Cli.Tests.Conformance;

/// <summary>What holds for every workload of the catalogue: train, stop, resume, save, and everything that people do with a model
/// afterwards, also in another process.</summary>
[Trait("Category", "EndToEnd")]
public sealed class WorkloadConformanceTests : IDisposable
{
    private const int Epochs = 3;
    private static readonly SearchId Search = new("all");

    private readonly RealHarness _real = new();

    public static TheoryData<string> Networks => new(BuiltinWorkloads.All
        .Where(workload => WorkloadCatalog.Default.Find(workload.Name) is INetworkWorkload)
        .Select(workload => workload.Name));

    private string Folder => _real.Cli.Folder;

    public void Dispose() => _real.Dispose();

    [Theory]
    [MemberData(nameof(Networks))]
    public async Task A_model_can_be_used_as_its_trial_left_it(string name)
    {
        var workload = BuiltinWorkloads.All.Single(known => known.Name == name);
        var sample = WorkloadSample.For(workload, Folder);
        var result = Train(Plan(name, sample), "whole", 0);

        // Stopped after an epoch and taken up again, a trial ends with the same numbers.
        Train(Plan(name, sample), "parts", 0, until: 1);
        var resumed = Train(Plan(name, sample), "parts", 0, from: 1);
        resumed.Metrics.ShouldBe(result.Metrics);

        var model = ModelOf("whole", 0);
        await EvaluatesAsTheTrialDid(model, sample, result.Metrics);
        var predictions = await PredictsInAnotherProcess(model, sample);
        await IsTheSameAfterExport(model, sample, predictions);
        NeedsNoMoreMemory(model, sample);
        if (workload.SupportsEnsemble)
        {
            await VotesAsItsReportSays(name, sample);
        }
        else
        {
            (await _real.RunAsync($"predict {model} {sample.TestInput} --output code --json")).ShouldBe(0, _real.Cli.Error);
        }
    }

    private async Task EvaluatesAsTheTrialDid(string model, WorkloadSample sample, ValueMap<double> metrics)
    {
        using var process = ToolProcess.Start(Folder, $"evaluate {model} {sample.TestInput} --json");
        var (exitCode, output, error) = await process.EndAsync(TestContext.Current.CancellationToken);
        exitCode.ShouldBe(0, error);
        ShouldBeTheMetrics(output, metrics);
    }

    private async Task<string> PredictsInAnotherProcess(string model, WorkloadSample sample)
    {
        using var process = ToolProcess.Start(Folder, $"predict {model} {sample.TestInput} -o elsewhere");
        var (exitCode, _, error) = await process.EndAsync(TestContext.Current.CancellationToken);
        exitCode.ShouldBe(0, error);
        (await _real.RunAsync($"predict {model} {sample.TestInput} -o here")).ShouldBe(0, _real.Cli.Error);
        Content("here").ShouldNotBeEmpty();
        Content("elsewhere").ShouldBe(Content("here"));
        return Content("here");
    }

    private async Task IsTheSameAfterExport(string model, WorkloadSample sample, string predictions)
    {
        (await _real.RunAsync($"export {model} -o taken")).ShouldBe(0, _real.Cli.Error);
        TheCardTellsWhatRuns("taken");
        File.Delete(model);
        (await _real.RunAsync($"predict taken {sample.TestInput} -o again")).ShouldBe(0, _real.Cli.Error);
        Content("again").ShouldBe(predictions);
        File.Copy(Path.Combine(Folder, "taken", "model.scm"), model);
    }

    private void TheCardTellsWhatRuns(string folder)
    {
        var card = Path.Combine(Folder, folder, "README.md");
        File.ReadAllText(card).ShouldNotContain("\\x", Case.Sensitive, "a line break that was made visible");
        DocumentedCommands.Blocks(card, "csharp").ShouldHaveSingleItem();
        if (DocumentedCommands.Blocks(card, "csharp").Single().Contains("CsvTable.Read", StringComparison.Ordinal))
        {
            // As the table was read that it learned from.
            DocumentedCommands.Blocks(card, "csharp").Single().ShouldContain("model.Preprocessing.Reading");
        }

        SnippetTests.Errors(DocumentedCommands.Blocks(card, "csharp").Single()).ShouldBeEmpty();
        CommandTree.Build().Parse(DocumentedCommands.OfTool(card).ShouldHaveSingleItem()).Errors.ShouldBeEmpty();
    }

    private static void NeedsNoMoreMemory(string path, WorkloadSample sample)
    {
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        var live = statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
        {
            using var model = TrainedModel.Load(path);
            if (model.Columns.Count > 0)
            {
                model.Predict(new double[4, model.Columns.Count]);
            }

            model.Shape.InputSize.ShouldBePositive(sample.TestInput);
        }

        statistics.ThreadTotalLiveCount.ShouldBe(live);
    }

    private async Task VotesAsItsReportSays(string name, WorkloadSample sample)
    {
        var plan = Plan(name, sample);
        EnsembleMember[] members = [.. Enumerable.Range(0, 2)
            .Select(trial => new EnsembleMember(new(trial), Values(trial), Train(plan, "pair", trial).Objective))];
        var assignment = new EnsembleAssignment(
            new LeaseKey(Search, WorkItem.Ensemble, 1, 1), new EnsembleSpec("top-k", 2, Combination(name)), members.ToValueArray(), plan);
        var outcome = new WorkExecutor().Run(assignment, Context("pair"));
        var report = outcome.ShouldBeOfType<EnsembleCompleted>((outcome as AttemptFailed)?.Failure.ToString()).Report;

        var folder = Path.Combine(Folder, "pair", report.Artifact);
        (await _real.RunAsync($"evaluate {folder} {sample.TestInput} --json")).ShouldBe(0, _real.Cli.Error);
        ShouldBeTheMetrics(_real.Cli.Out, report.Metrics);
        (await _real.RunAsync($"export {folder} -o together")).ShouldBe(0, _real.Cli.Error);
        TheCardTellsWhatRuns("together");
        (await _real.RunAsync($"predict together {sample.TestInput} -o votes")).ShouldBe(0, _real.Cli.Error);
        Content("votes").ShouldNotBeEmpty();
    }

    private static EnsembleCombination Combination(string name) =>
        BuiltinWorkloads.All.Single(known => known.Name == name).Target == TargetKind.Numbers
            ? EnsembleCombination.Mean
            : EnsembleCombination.MeanProbability;

    private static void ShouldBeTheMetrics(string json, ValueMap<double> metrics)
    {
        using var document = JsonDocument.Parse(json);
        var found = document.RootElement.GetProperty("metrics");
        var expected = metrics.Where(metric => metric.Key.StartsWith("test/", StringComparison.Ordinal)).ToList();
        expected.ShouldNotBeEmpty();
        foreach (var (metric, value) in expected)
        {
            found.GetProperty(metric["test/".Length..]).GetDouble().ShouldBe(value, 1e-5 * Math.Max(1, Math.Abs(value)), metric);
        }
    }

    private TrialResult Train(TrialPlan plan, string store, int trial, int from = 0, int? until = null)
    {
        var assignment = new TrialAssignment(new LeaseKey(Search, WorkItem.Trial(new(trial)), 1, 1), Values(trial), 7, plan, from, until);
        var outcome = new WorkExecutor().Run(assignment, Context(store));
        return outcome.ShouldBeOfType<AttemptCompleted>((outcome as AttemptFailed)?.Failure.ToString()).Result;
    }

    private WorkContext Context(string store) => new(
        new StoredArtifacts(new FolderArtifactStore(Path.Combine(Folder, store))), _ => { }, TimeProvider.System, CancellationToken.None);

    private string ModelOf(string store, int trial) => Path.Combine(Folder, store, ArtifactPaths.Model(Search, new(trial)));

    private static ParameterValues Values(int trial) => new([KeyValuePair.Create("learningRate", ParameterValue.Real(0.01 / (trial + 1)))]);

    private static TrialPlan Plan(string name, WorkloadSample sample) => new(
        42,
        new WorkloadSpec(name, new(
            [KeyValuePair.Create("epochs", ParameterValue.Integer(Epochs)), KeyValuePair.Create("batchSize", ParameterValue.Integer(8))])),
        sample.Data,
        new ObjectiveSpec("val/loss", Direction.Minimize),
        null);

    // A file, or the files of a folder with their names.
    private string Content(string name)
    {
        var path = Path.Combine(Folder, name);
        return File.Exists(path)
            ? File.ReadAllText(path)
            : string.Join('\n', Directory.GetFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(file => Path.GetRelativePath(path, file) + " " + Convert.ToHexString(
                    System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))));
    }
}
