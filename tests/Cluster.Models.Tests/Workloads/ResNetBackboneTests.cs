using SearchCluster.Artifacts;
using SearchCluster.Contracts.Workloads;
using SearchCluster.Contracts.Workloads.Options;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Native;
using SearchCluster.Models.Networks;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Training.Steps;
using SearchCluster.Models.Workloads.Segmentation;
using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Workloads;

/// <summary>Weights of torchvision's residual networks fit the encoder of a segmentation, and stay as they are
/// where it is frozen.</summary>
public sealed class ResNetBackboneTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-backbone-").FullName;

    public ResNetBackboneTests() => TorchRuntime.Initialize();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The published sizes without the classifier of 512 × 1000 weights and 1000 biases.
    [Theory]
    [InlineData("resnet18", 11_689_512 - 513_000)]
    [InlineData("resnet34", 21_797_672 - 513_000)]
    public void Names_shapes_and_answers_are_those_of_torchvision(string backbone, long count)
    {
        using var scope = NewDisposeScope();
        var original = backbone == "resnet18" ? torchvision.models.resnet18() : torchvision.models.resnet34();
        Randomise(original);
        original.eval();
        Write(original, withCounters: true);
        using var network = Network(backbone, depth: 5);

        PretrainedEncoder.Fill(network, new PretrainedSpec(null, null, WeightFile, []), new MemoryArtifactStore());

        Names(network)
            .Where(entry => entry.Name.StartsWith("encoder.", StringComparison.Ordinal))
            .Select(entry => (entry.Name["encoder.".Length..], string.Join(',', entry.Tensor.shape)))
            .ShouldBe(Names(original)
                .Where(entry => !entry.Name.StartsWith("fc.", StringComparison.Ordinal))
                .Select(entry => (entry.Name, string.Join(',', entry.Tensor.shape))), ignoreOrder: true);
        network
            .named_parameters()
            .Where(entry => entry.name.StartsWith("encoder.", StringComparison.Ordinal))
            .Sum(entry => entry.parameter.numel())
            .ShouldBe(count);
        var encoder = (ResNetEncoder)network.named_children().Single(child => child.name == "encoder").module;
        encoder.eval();
        var images = randn([2, 3, 70, 50], generator: new Generator(4));
        var answers = encoder.Encode(images);
        answers.Select(answer => answer is null ? "none" : string.Join('×', answer.shape.Skip(1)))
            .ShouldBe(["none", "64×35×25", "64×18×13", "128×9×7", "256×5×4", "512×3×2"]);
        var classifier = Names(original)
            .Where(entry => entry.Name.StartsWith("fc.", StringComparison.Ordinal))
            .ToDictionary(entry => entry.Name, entry => entry.Tensor, StringComparer.Ordinal);
        var ours = nn.functional.linear(answers[^1]!.mean([2, 3]), classifier["fc.weight"], classifier["fc.bias"]);
        var theirs = original.forward(images);
        ours.allclose(theirs, rtol: 1e-3, atol: 1e-3).ShouldBeTrue();
        theirs.std().item<float>().ShouldBeGreaterThan(0.01f, "answers that are all alike would prove nothing");
    }

    [Fact]
    public void A_frozen_backbone_stays_as_it_was_while_the_decoder_learns()
    {
        var original = torchvision.models.resnet18();
        Randomise(original);
        Write(original, withCounters: false);
        var plan = Trials.Plan(workload: "segmentation") with
        {
            Data = new DataSpec(Squares(), null, new SplitSpec()),
            Workload = new WorkloadSpec("segmentation", ParameterValues.Empty, new PretrainedSpec(null, null, WeightFile, [])),
        };
        var values = Trials.Values(
            ("backbone", ParameterValue.Text("resnet18")),
            ("freezeEncoder", ParameterValue.Boolean(true)),
            ("depth", ParameterValue.Integer(2)),
            ("channels", ParameterValue.Integer(8)),
            ("epochs", ParameterValue.Integer(15)), ("batchSize", ParameterValue.Integer(8)), ("learningRate", ParameterValue.Real(0.01)));

        var run = Trials.Run(Trials.Assignment(values, plan));

        run.Result.Metrics["val/iou"].ShouldBeGreaterThan(0.7);
        var kept = ModelFile.Read(new MemoryStream(run.Artifacts.Files["searches/digits/trials/0000/model.scm"])).Weights
            .ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var (name, tensor) in Names(original).Where(
            entry => kept.ContainsKey("encoder." + entry.Name) && !entry.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)))
        {
            kept["encoder." + name].Bytes.ToArray().ShouldBe(tensor.bytes.ToArray(), name);
        }

        kept.Keys
            .Count(name => name.StartsWith("encoder.layer1", StringComparison.Ordinal))
            .ShouldBe(24, "two units of two convolutions with normalisations");
        kept.Keys.ShouldNotContain(name => name.StartsWith("encoder.layer2", StringComparison.Ordinal));
    }

    [Fact]
    public void Grey_images_do_not_fit_weights_for_colours_and_a_sixth_halving_does_not_exist()
    {
        Write(torchvision.models.resnet18(), withCounters: true);
        using var grey = Network("resnet18", depth: 2, channels: 1);

        Should.Throw<ArtifactException>(
            () => PretrainedEncoder.Fill(grey, new PretrainedSpec(null, null, WeightFile, []), new MemoryArtifactStore())).Message
            .ShouldContain("conv1.weight");
        Should.Throw<WorkloadConfigurationException>(() => Network("resnet18", depth: 6)).Message.ShouldContain("at most 5 times");
    }

    private string WeightFile => Path.Combine(_folder, "backbone.safetensors");

    private static UNetNetwork Network(string backbone, int depth, int channels = 3)
    {
        var hyperparameters = Hyperparameters.Create(
            BuiltinWorkloads.Segmentation,
            ParameterValues.Empty,
            Trials.Values(
                ("backbone", ParameterValue.Text(backbone)),
                ("depth", ParameterValue.Integer(depth)),
                ("channels", ParameterValue.Integer(4)),
                ("learningRate", ParameterValue.Real(0.01)),
                ("epochs", ParameterValue.Integer(1))));
        return new(hyperparameters.Read<SegmentationOptions>(), new NetworkContext(
            hyperparameters,
            new DataShape([channels, 64, 64], TargetKind.Mask, [], ["#000000", "#ffffff"], []),
            1,
            new NoiseSource(0, CPU)));
    }

    private static IEnumerable<(string Name, Tensor Tensor)> Names(nn.Module module) =>
        module
            .named_parameters()
            .Select(entry => (entry.name, (Tensor)entry.parameter))
            .Concat(module.named_buffers().Select(entry => (entry.name, entry.buffer)));

    // Means and variances of a fresh network are 0 and 1, which a mistake could confuse.
    private static void Randomise(nn.Module module)
    {
        using var noGrad = no_grad();
        var generator = new Generator(7);
        foreach (var (name, values) in Names(module).Where(entry => entry.Tensor.dim() == 1 && entry.Tensor.dtype == float32))
        {
            var isCentred = name.EndsWith("bias", StringComparison.Ordinal) || name.EndsWith("mean", StringComparison.Ordinal);
            values.copy_(rand(values.shape, generator: generator).mul(tensor(0.5f)).Plus(tensor(isCentred ? -0.25f : 0.75f)));
        }
    }

    private void Write(nn.Module module, bool withCounters)
    {
        StoredTensor[] tensors = [.. Names(module)
            .Where(entry => withCounters || !entry.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            .Select(entry => TensorCodec.Store(entry.Name, entry.Tensor))];
        var content = new SafeTensorsFile(new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" }, tensors);
        using var stream = File.Create(WeightFile);
        SafeTensorsFile.Write(stream, content.Header(), content.Tensors);
    }

    private string Squares()
    {
        var stream = new RandomStream(11);
        for (var i = 0; i < 40; i++)
        {
            var (left, top) = ((int)(stream.NextDouble() * 16), (int)(stream.NextDouble() * 16));
            Save($"squares/images/{i}.png", left, top, new SKColor(40, 60, 50), new SKColor(200, 180, 90));
            Save($"squares/targets/{i}.png", left, top, new SKColor(255, 0, 0), new SKColor(0, 255, 0));
        }

        return Path.Combine(_folder, "squares");
    }

    private void Save(string path, int left, int top, SKColor ground, SKColor square)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(32, 32, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(ground);
        for (var i = 0; i < 256; i++)
        {
            bitmap.SetPixel(left + (i % 16), top + (i / 16), square);
        }

        Directory.CreateDirectory(Path.Combine(_folder, Path.GetDirectoryName(path)!));
        using var file = File.Create(Path.Combine(_folder, path));
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
    }
}
