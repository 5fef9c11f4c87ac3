using SearchCluster.Models.Configuration;
using SearchCluster.Models.Native;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Training.Steps;
using SearchCluster.Models.Workloads;
using SkiaSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Workloads;

/// <summary>What holds for every built-in network: it learns, resumes to the same bits, and leaves no tensor behind.</summary>
public sealed class NetworkTests : IDisposable
{
    private static readonly DataSpec Images = Trials.Digits with { Images = new ImageSpec(8, 8), Limit = 400 };
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-networks-").FullName;

    public static TheoryData<string> Networks { get; } = [.. WorkloadCatalog.Default.Names.Where(name => name != "function")];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_resumed_trial_has_the_numbers_of_an_uninterrupted_one(string workload)
    {
        var (plan, values) = Small(workload, epochs: 4);
        var whole = Trials.Run(Trials.Assignment(values, plan));
        whole.Completed.ShouldNotBeNull();

        var store = new MemoryArtifactStore();
        Trials.Run(Trials.Assignment(values, plan, until: 2), store);
        var rest = Trials.Run(Trials.Assignment(values, plan, from: 2), store);

        rest.Curve.ShouldBe(whole.Curve[2..]);
        rest.Result.Metrics.ShouldBe(whole.Result.Metrics);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void No_tensor_outlives_its_epoch(string workload)
    {
        TorchRuntime.Initialize();
        var (plan, values) = Small(workload, epochs: 1);
        var built = (INetworkWorkload)WorkloadCatalog.Default.Find(workload)!;
        var statistics = TorchSharp.DisposeScopeManager.Statistics.TensorStatistics;
        using var scope = NewDisposeScope();
        var hyperparameters = Hyperparameters.Create(built.Descriptor, ParameterValues.Empty, values);
        var data = built.LoadData(plan.Data!, 42, CPU);
        using var noise = new NoiseSource(7, CPU);
        using var network = new TrialNetwork(built.Build(new(hyperparameters, data.Shape, 7, noise)));
        var recipe = built.Recipe(hyperparameters);
        using var optimizer = Models.Optimizers.ParameterOptimizers.Create(network.Parameters, recipe.Optimizer);
        var task = built.CreateTask(hyperparameters, Models.Tasks.TaskContext.Of(data));
        var runner = new EpochRunner(
            task, data, network, optimizer, recipe, noise, 42, built.CreateAugmentation(hyperparameters, data.Shape));
        runner.Train(1, 1e-3, () => { });
        runner.Evaluate(data.Validation);
        var live = statistics.ThreadTotalLiveCount;
        for (var epoch = 2; epoch < 4; epoch++)
        {
            runner.Train(epoch, 1e-3, () => { });
            runner.Evaluate(data.Validation);
            statistics.ThreadTotalLiveCount.ShouldBe(live);
        }
    }

    [Theory]
    [InlineData("resnet", "test/accuracy", 0.9, 8)]
    [InlineData("tabular-resnet", "test/accuracy", 0.93, 10)]
    [InlineData("tabular-resnet-regressor", "test/r2", 0.9, 60)]
    [InlineData("encoder-classifier", "test/accuracy", 0.85, 15)]
    [InlineData("autoencoder", "test/mse", -0.55, 30)]
    [InlineData("vae", "test/mse", -0.8, 30)]
    [InlineData("segmentation", "test/iou", 0.8, 20)]
    [InlineData("cnn-regressor", "test/r2", 0.8, 25)]
    [InlineData("lstm-regressor", "test/r2", 0.95, 40)]
    [InlineData("transformer-regressor", "test/r2", 0.95, 40)]
    [InlineData("lstm", "test/accuracy", 0.95, 30)]
    [InlineData("transformer", "test/accuracy", 0.95, 30)]
    public void A_network_learns_what_can_be_learned(string workload, string metric, double bound, int epochs)
    {
        var (plan, values) = Small(workload, epochs);
        values = values.With("learningRate", ParameterValue.Real(0.005));
        plan = plan.Data!.Source == "digits" ? plan with { Data = plan.Data with { Limit = null } } : plan;

        var score = Trials.Run(Trials.Assignment(values, plan)).Result.Metrics[metric];

        // A negative bound is an upper one.
        (bound < 0 ? -score : score).ShouldBeGreaterThan(bound);
    }

    [Fact]
    public void A_convolutional_encoder_is_mirrored_for_sizes_that_cannot_be_halved_evenly()
    {
        var file = Path.Combine(_folder, "odd.csv");
        var stream = new RandomStream(3);
        File.WriteAllLines(file, Enumerable.Range(0, 40)
            .Select(row => string.Join(',', Enumerable.Range(0, 35).Select(_ => (int)(stream.NextDouble() * 255)).Append(row % 2))));
        var data = new DataSpec(file, null, new SplitSpec(), Images: new(Width: 5, Height: 7));
        var values = Trials.Values(
            ("epochs", ParameterValue.Integer(2)),
            ("encoder", ParameterValue.Text("convolution")),
            ("encoderSize", ParameterValue.Integer(4)));

        foreach (var workload in new[] { "autoencoder", "vae", "encoder-classifier" })
        {
            Trials.Run(Trials.Assignment(values, Trials.Plan(workload: workload) with { Data = data })).Result.Metrics["test/loss"]
                .ShouldBeGreaterThan(0);
        }
    }

    [Theory]
    [InlineData("lstm", "needs sequences")]
    [InlineData("transformer", "needs sequences")]
    [InlineData("resnet", "needs images")]
    public void Data_of_another_kind_are_refused_in_one_sentence(string workload, string words) =>
        Trials.Run(Trials.Assignment(ParameterValues.Empty, Trials.Plan(workload: workload) with { Data = Trials.Digits })).Failure.Message
            .ShouldContain(words);

    private (TrialPlan Plan, ParameterValues Values) Small(string workload, int epochs)
    {
        var target = WorkloadCatalog.Default.Find(workload)!.Descriptor.Target;
        var isSequence = workload.StartsWith("lstm", StringComparison.Ordinal)
            || workload.StartsWith("transformer", StringComparison.Ordinal);
        var data = (workload, target, isSequence) switch
        {
            (_, TargetKind.Class, true) => new DataSpec(Text(), null, new SplitSpec(), Series: new(Window: 8, Stride: 3)),
            (_, _, true) => new DataSpec(Sine(), null, new SplitSpec(), Format: DataFormat.Series, Series: new(Window: 10)),
            ("segmentation", _, _) => new DataSpec(Squares(), null, new SplitSpec()),
            ("cnn-regressor", _, _) => new DataSpec(Dots(), null, new SplitSpec(), Format: DataFormat.Keypoints),
            (_, TargetKind.Numbers, _) => new DataSpec(Plane(), null, new SplitSpec(), Table: new() { Answer = TargetKind.Numbers }),
            _ => Images,
        };
        (string, ParameterValue)[] sizes = workload switch
        {
            "resnet" => [
                ("stages", ParameterValue.Integer(2)),
                ("unitsPerStage", ParameterValue.Integer(1)),
                ("channels", ParameterValue.Integer(8)),
                ("dropout", ParameterValue.Real(0.1)),
            ],
            "segmentation" =>
                [("depth", ParameterValue.Integer(2)), ("channels", ParameterValue.Integer(4)), ("flip", ParameterValue.Boolean(true))],
            "transformer" or "transformer-regressor" =>
                [("headSize", ParameterValue.Integer(8)), ("heads", ParameterValue.Integer(2)), ("dropout", ParameterValue.Real(0.05))],
            "lstm" or "lstm-regressor" => [
                ("hiddenSize", ParameterValue.Integer(32)),
                ("numLayers", ParameterValue.Integer(2)),
                ("dropout", ParameterValue.Real(0.1)),
            ],
            "tabular-resnet" or "tabular-resnet-regressor" => [
                ("width", ParameterValue.Integer(32)),
                ("dropout", ParameterValue.Real(0.1)),
                ("residualDropout", ParameterValue.Real(0.05)),
            ],
            "encoder-classifier" or "mlp" => [("dropout", ParameterValue.Real(0.1))],
            "cnn-regressor" => [("brightness", ParameterValue.Real(0.1)), ("contrast", ParameterValue.Real(0.1))],
            "vae" => [("beta", ParameterValue.Real(0.1))],
            _ => [],
        };
        return (Trials.Plan(workload: workload) with { Data = data }, Trials.Values(
            [("epochs", ParameterValue.Integer(epochs)), ("batchSize", ParameterValue.Integer(32)), .. sizes]));
    }

    private string Text() => Write("text.txt", string.Concat(Enumerable.Repeat("abcdefgh ", 120)));

    private string Sine() => Write(
        "sine.csv",
        "t,y\n" + string.Concat(Enumerable.Range(0, 300).Select(t => FormattableString.Invariant($"s{t},{Math.Sin(t / 5.0):R}\n"))));

    private string Plane() => Write(
        "plane.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 80).Select(i => FormattableString.Invariant($"{i * 0.1:R},{3 * i}\n"))));

    // One bright pixel in eight by eight; its place is to be answered.
    private string Dots()
    {
        return Write("training.csv", "x,y,Image\n" + string.Concat(
            Enumerable.Range(0, 320)
                .Select(i => (X: i % 8, Y: i / 8 % 8))
                .Select(dot => $"{dot.X},{dot.Y},{string.Join(' ', Enumerable.Range(0, 64).Select(place => Pixel(place, dot)))}\n")));

        static int Pixel(int place, (int X, int Y) dot) =>
            Math.Max(Math.Abs((place % 8) - dot.X), Math.Abs((place / 8) - dot.Y)) switch { 0 => 255, 1 => 120, _ => 0 };
    }

    // A bright square on a dark ground; the square is one class, the ground the other.
    private string Squares()
    {
        var stream = new RandomStream(2);
        for (var i = 0; i < 40; i++)
        {
            var (left, top) = ((int)(stream.NextDouble() * 8), (int)(stream.NextDouble() * 8));
            Save($"images/{i}.png", left, top, new SKColor(40, 60, 50), new SKColor(200, 180, 90));
            Save($"targets/{i}_GT.png", left, top, new SKColor(255, 0, 0), new SKColor(0, 255, 0));
        }

        return _folder;
    }

    private void Save(string path, int left, int top, SKColor ground, SKColor square)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(16, 16, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(ground);
        for (var i = 0; i < 64; i++)
        {
            bitmap.SetPixel(left + (i % 8), top + (i / 8), square);
        }

        Directory.CreateDirectory(Path.Combine(_folder, Path.GetDirectoryName(path)!));
        using var file = File.Create(Path.Combine(_folder, path));
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
