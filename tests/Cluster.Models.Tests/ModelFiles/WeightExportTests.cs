using SearchCluster.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Ensembles.Members;
using SearchCluster.Models.Ensembles.Predictors;
using SearchCluster.Models.ModelFiles;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.ModelFiles;

/// <summary>Exported weights fit networks made of libtorch's own layers, whose names and shapes are PyTorch's.</summary>
public sealed class WeightExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_perceptron_of_plain_layers_answers_the_same_with_the_exported_weights()
    {
        var model = Train(Trials.Plan(), Trials.Sane(epochs: 2).With("numLayers", ParameterValue.Integer(2)));
        var exported = WeightExport.Write(model, Path.Combine(_folder, "mlp.safetensors"));

        using var scope = NewDisposeScope();
        using var plain = new PlainPerceptron(64, 32, 2, 10);
        Load(plain, "mlp.safetensors");
        var stream = new RandomStream(5);
        var rows = new double[7, 64];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i / 64, i % 64] = 16 * stream.NextDouble();
        }

        using var trained = TrainedModel.Load(model);
        var file = SafeTensorsReader.Read(File.ReadAllBytes(Path.Combine(_folder, "mlp.safetensors")));
        var preprocessing = System.Text.Json.JsonSerializer
            .Deserialize(file.Metadata["preprocessing"], ModelJsonContext.Default.InputPreprocessing)
            .ShouldBeOfType<TablePreprocessing>();
        var inputs = tensor(preprocessing.Apply([.. rows.Cast<double>()]), [7, 64]);
        var expected = trained.Predict(rows);
        var actual = MemberNetwork.ToRows(nn.functional.softmax(plain.forward(inputs), 1));
        for (var i = 0; i < expected.Length; i++)
        {
            actual[i / 10, i % 10].ShouldBe(expected[i / 10, i % 10], 1e-5f);
        }

        file.Metadata["format"].ShouldBe("pt");
        exported.Tensors.Select(tensor => tensor.Name).ShouldBe(
            ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", "layers.2.weight", "layers.2.bias"],
            ignoreOrder: true);
        exported.Tensors.Single(tensor => tensor.Name == "layers.0.weight").Shape.ShouldBe([32, 64]);
    }

    [Fact]
    public void Convolutions_and_normalisations_have_the_names_and_shapes_of_plain_layers()
    {
        var images = Trials.Digits with { Images = new ImageSpec(8, 8), Limit = 100 };
        var plan = Trials.Plan(workload: "cnn") with { Data = images };
        var model = Train(plan, Trials.Values(
            ("epochs", ParameterValue.Integer(1)),
            ("blocks", ParameterValue.Integer(2)),
            ("channels", ParameterValue.Integer(4)),
            ("channelGrowth", ParameterValue.Real(2)),
            ("batchNorm", ParameterValue.Boolean(true)),
            ("convolutions", ParameterValue.Integer(1)),
            ("denseSize", ParameterValue.Integer(16)),
            ("denseLayers", ParameterValue.Integer(1))));

        WeightExport.Write(model, Path.Combine(_folder, "cnn.safetensors"));

        using var plain = new PlainConvolutions();
        Load(plain, "cnn.safetensors");
    }

    [Fact]
    public void A_recurrent_network_has_the_names_and_shapes_of_plain_layers()
    {
        var file = Path.Combine(_folder, "text.txt");
        File.WriteAllText(file, string.Concat(Enumerable.Repeat("abcab cabca ", 60)));
        var data = new DataSpec(file, null, new SplitSpec(), Format: DataFormat.Text, Series: new SeriesSpec(8));
        var plan = Trials.Plan(workload: "lstm") with { Data = data };
        var model = Train(plan, Trials.Values(
            ("epochs", ParameterValue.Integer(1)),
            ("hiddenSize", ParameterValue.Integer(6)),
            ("embeddingSize", ParameterValue.Integer(5)),
            ("numLayers", ParameterValue.Integer(2))));

        WeightExport.Write(model, Path.Combine(_folder, "lstm.safetensors"));

        using var plain = new PlainRecurrent(symbols: 4, embedding: 5, hidden: 6, layers: 2);
        Load(plain, "lstm.safetensors");
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_named()
    {
        var model = Train(Trials.Plan(), Trials.Sane().With("epochs", ParameterValue.Integer(1)));
        File.WriteAllText(Path.Combine(_folder, "file"), "");

        var refused = Should.Throw<ArtifactException>(
            () => WeightExport.Write(model, Path.Combine(_folder, "file", "mlp.safetensors")));

        refused.Code.ShouldBe(ModelCodes.Unwritable);
        refused.Message.ShouldContain("cannot be written to");
    }

    [Fact]
    public void A_model_whose_characters_were_cut_by_an_early_release_is_told()
    {
        var file = Path.Combine(_folder, "text.txt");
        File.WriteAllText(file, string.Concat(Enumerable.Repeat("abcab cabca ", 60)));
        var data = new DataSpec(file, null, new SplitSpec(), Format: DataFormat.Text, Series: new SeriesSpec(8));
        var model = Train(Trials.Plan(workload: "lstm") with { Data = data }, Trials.Values(("epochs", ParameterValue.Integer(1))));
        var written = ModelFile.Open(model);
        var alphabet = (TextPreprocessing)written.Preprocessing;
        var cut = Path.Combine(_folder, "cut.scm");
        using (var stream = File.Create(cut))
        {
            (written with { Preprocessing = alphabet with { Symbols = alphabet.Symbols + "?" } }).Write(stream);
        }

        Should.Throw<ArtifactException>(() => TrainedModel.Load(cut)).Code.ShouldBe(ModelCodes.Alphabet);
    }

    [Fact]
    public void What_is_no_model_is_named()
    {
        var file = Path.Combine(_folder, "no.scm");
        File.WriteAllText(file, "not a model at all, but long enough to hold a header and a checksum of a file");

        Should.Throw<ArtifactException>(() => WeightExport.Write(file, Path.Combine(_folder, "no.safetensors"))).Message
            .ShouldContain("is not a SearchCluster model");
        Should.Throw<ArtifactException>(
            () => WeightExport.Write(Path.Combine(_folder, "missing.scm"), Path.Combine(_folder, "no.safetensors"))).Code
            .ShouldBe("SC4000");
        File.Exists(Path.Combine(_folder, "no.safetensors")).ShouldBeFalse();
    }

    private string Train(TrialPlan plan, ParameterValues values)
    {
        var run = Trials.Run(Trials.Assignment(values, plan));
        run.Result.HasModel.ShouldBeTrue();
        var file = Path.Combine(_folder, "model.scm");
        File.WriteAllBytes(file, run.Artifacts.Files[ArtifactPaths.Model(Trials.Search, new TrialId(0))]);
        return file;
    }

    // What load_state_dict(strict=True) demands: the same names, and the same type and shape for each.
    private void Load(nn.Module plain, string file)
    {
        var stored = SafeTensorsReader.Read(File.ReadAllBytes(Path.Combine(_folder, file))).Tensors
            .ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var state = plain.state_dict();
        stored.Keys.ShouldBe(state.Keys, ignoreOrder: true);
        foreach (var (name, tensor) in state)
        {
            TensorCodec.CheckFits(name, tensor, stored);
            TensorCodec.CopyInto(tensor, stored[name]);
        }

        plain.eval();
    }

    private sealed class PlainPerceptron : nn.Module<Tensor, Tensor>
    {
        private readonly ModuleList<Linear> _layers = new();

        public PlainPerceptron(long inputs, long hidden, int hiddenLayers, long outputs)
            : base(nameof(PlainPerceptron))
        {
            for (var layer = 0; layer <= hiddenLayers; layer++)
            {
                _layers.Add(nn.Linear(layer == 0 ? inputs : hidden, layer == hiddenLayers ? outputs : hidden));
            }

            register_module("layers", _layers);
        }

        public override Tensor forward(Tensor input)
        {
            for (var layer = 0; layer < _layers.Count; layer++)
            {
                input = _layers[layer].forward(input);
                input = layer < _layers.Count - 1 ? nn.functional.relu(input) : input;
            }

            return input;
        }
    }

    private sealed class PlainUnit : nn.Module<Tensor, Tensor>
    {
        public PlainUnit(long inputs, long outputs)
            : base(nameof(PlainUnit))
        {
            register_module("conv", nn.Conv2d(inputs, outputs, 3, padding: 1, bias: false));
            register_module("bn", nn.BatchNorm2d(outputs));
        }

        public override Tensor forward(Tensor input) => throw new NotSupportedException();
    }

    private sealed class PlainConvolutions : nn.Module<Tensor, Tensor>
    {
        public PlainConvolutions()
            : base(nameof(PlainConvolutions))
        {
            register_module("features", new ModuleList<nn.Module<Tensor, Tensor>>(new PlainUnit(1, 4), new PlainUnit(4, 8)));
            register_module("classifier", new ModuleList<Linear>(nn.Linear(8 * 2 * 2, 16), nn.Linear(16, 10)));
        }

        public override Tensor forward(Tensor input) => throw new NotSupportedException();
    }

    private sealed class PlainRecurrent : nn.Module<Tensor, Tensor>
    {
        public PlainRecurrent(long symbols, long embedding, long hidden, long layers)
            : base(nameof(PlainRecurrent))
        {
            register_module("embedding", nn.Embedding(symbols, embedding));
            register_module("lstm", nn.LSTM(embedding, hidden, layers, batchFirst: true));
            register_module("head", nn.Linear(hidden, symbols));
        }

        public override Tensor forward(Tensor input) => throw new NotSupportedException();
    }
}
