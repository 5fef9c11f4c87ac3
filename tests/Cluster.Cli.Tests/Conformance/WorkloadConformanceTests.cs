using System.Text.Json;
using SearchCluster.Artifacts;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Predictions;
using SearchCluster.Cli.Tests.Documentation;
using SearchCluster.Cli.Tests.EndToEnd;
using SearchCluster.Contracts.Ensembles;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Series;
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
        await MakesNewThingsOnlyWhereItCan(model, name);
        NeedsNoMoreMemory(workload, sample);
        if (workload.SupportsEnsemble)
        {
            await VotesAsItsReportSays(workload, sample);
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

    private async Task MakesNewThingsOnlyWhereItCan(string model, string name)
    {
        var (exitCode, code) = name switch
        {
            "vae" => (0, ""),
            "autoencoder" => (3, ModelCodes.NotGenerative),
            _ => (3, ModelCodes.NoCode),
        };
        (await _real.RunAsync($"generate {model} --count 2 -o made")).ShouldBe(exitCode, _real.Cli.Error);
        _real.Cli.Error.ShouldContain(code);
    }

    // The first round reads the data and fills what is kept; a second one, which trains, lets models vote and predicts, leaves nothing.
    private void NeedsNoMoreMemory(WorkloadDescriptor workload, WorkloadSample sample)
    {
        var executor = new WorkExecutor();
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        Round(executor, workload, sample, "first");
        var (live, made) = (statistics.ThreadTotalLiveCount, statistics.CreatedInScopeCount + statistics.CreatedOutsideScopeCount);

        Round(executor, workload, sample, "second");

        statistics.ThreadTotalLiveCount.ShouldBe(live);
        (statistics.CreatedInScopeCount + statistics.CreatedOutsideScopeCount).ShouldBeGreaterThan(made, "nothing was computed here");
    }

    private void Round(WorkExecutor executor, WorkloadDescriptor workload, WorkloadSample sample, string store)
    {
        var plan = Plan(workload.Name, sample);
        EnsembleMember[] members = [.. Enumerable.Range(0, 2)
            .Select(trial => new EnsembleMember(new(trial), Values(trial), Train(plan, store, trial, executor: executor).Objective))];
        using (var model = TrainedModel.Load(ModelOf(store, 0)))
        {
            Ask(model, sample);
        }

        if (workload.SupportsEnsemble)
        {
            var ensemble = new EnsembleSpec(
                EnsembleMethods.TopK.Name, members.Length, EnsembleMethods.TopK.DefaultCombination(workload.Target));
            var lease = new LeaseKey(Search, WorkItem.Ensemble, 1, 1);
            var outcome = executor.Run(new EnsembleAssignment(lease, ensemble, members.ToValueArray(), plan), Context(store));
            var report = outcome.ShouldBeOfType<EnsembleCompleted>((outcome as AttemptFailed)?.Failure.ToString()).Report;
            using var voters = EnsembleModel.Load(Path.Combine(Folder, store, report.Artifact));
            Ask(voters, sample);
        }
    }

    // By the reader of its kind, as the commands do.
    private static void Ask(IPredictor model, WorkloadSample sample)
    {
        var (input, reading) = (DataInput.Open(sample.TestInput), model.Preprocessing.Reading);
        switch (model.Preprocessing)
        {
            case TextPreprocessing:
                var (name, text) = input.Text();
                model.EvaluateText(text, name).Rows.ShouldBePositive();
                model.PredictNext([text]).Length.ShouldBePositive();
                break;
            case SeriesPreprocessing series:
                var (steps, _, _) = SeriesSteps.Of(input.Table(reading), series);
                model.EvaluateSeries(steps).Rows.ShouldBePositive();
                model.Predict(steps).Length.ShouldBePositive();
                break;
            case var _ when model.Shape.Target == TargetKind.Mask && !model.IsAutoencoder:
                MaskPredictions.Of(model, input.Images(model.Shape, null, reading)).Count().ShouldBePositive();
                break;
            default:
                PredictorInput rows = PredictionInput.AreImages(input, model)
                    ? new PredictorInput.Images(input.Images(model.Shape, null, reading))
                    : new PredictorInput.Table(input.Table(reading));
                (model.IsAutoencoder ? model.Encode(rows) : model.Predict(rows)).Length.ShouldBePositive();
                break;
        }
    }

    private async Task VotesAsItsReportSays(WorkloadDescriptor workload, WorkloadSample sample)
    {
        _real.Cli.Write("pair.yaml", $$"""
            version: 1
            name: pair
            workload: { builtin: {{workload.Name}}, fixed: { epochs: {{Epochs}}, batchSize: 8 } }
            {{sample.Section()}}
            objective: { metric: val/loss, direction: minimize }
            space:
              learningRate: { type: log, min: 5.0e-3, max: 1.0e-2 }
            budget: { trials: 2 }
            """);
        (await _real.RunAsync("run pair.yaml --port 0 --slots 1 --json")).ShouldBe(0, _real.Cli.Error);

        (await _real.RunAsync("ensemble build pair --type top-k --members 2 --json")).ShouldBe(0, _real.Cli.Error);
        var metrics = MetricsOf(_real.Cli.Out);

        (await _real.RunAsync($"evaluate pair {sample.TestInput} --json")).ShouldBe(0, _real.Cli.Error);
        ShouldBeTheMetrics(_real.Cli.Out, metrics);
        (await _real.RunAsync("export pair -o together")).ShouldBe(0, _real.Cli.Error);
        TheCardTellsWhatRuns("together");
        (await _real.RunAsync($"predict together {sample.TestInput} -o votes")).ShouldBe(0, _real.Cli.Error);
        Content("votes").ShouldNotBeEmpty();
    }

    private static ValueMap<double> MetricsOf(string built)
    {
        using var document = JsonDocument.Parse(built);
        return new([.. document.RootElement.GetProperty("ensemble").GetProperty("metrics").EnumerateObject()
            .Select(metric => KeyValuePair.Create(metric.Name, metric.Value.GetDouble()))]);
    }

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

    private TrialResult Train(
        TrialPlan plan, string store, int trial, int from = 0, int? until = null, WorkExecutor? executor = null)
    {
        var assignment = new TrialAssignment(new LeaseKey(Search, WorkItem.Trial(new(trial)), 1, 1), Values(trial), 7, plan, from, until);
        var outcome = (executor ?? new WorkExecutor()).Run(assignment, Context(store));
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
