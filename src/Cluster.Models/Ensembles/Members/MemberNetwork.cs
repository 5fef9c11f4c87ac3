using SearchCluster.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Ensembles.Scoring;
using SearchCluster.Models.ModelFiles;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training.Steps;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Members;

/// <summary>A kept model ready to predict.</summary>
internal sealed class MemberNetwork : IDisposable
{
    // Numbers of input in one pass, so that a long list of images needs no more memory than a short one.
    private const long PassNumbers = 1 << 19;

    private readonly nn.Module<Tensor, Tensor> _module;
    private readonly NoiseSource _noise;
    private readonly int _samples;
    private readonly IReadOnlyList<IDisposable> _owned;
    private readonly Action? _beforePass;

    private MemberNetwork(
        ModelFile file,
        nn.Module<Tensor, Tensor> module,
        CheckedTask task,
        NoiseSource noise,
        int samples,
        IReadOnlyList<IDisposable> owned,
        Action? beforePass) =>
        (File, _module, Task, _noise, _samples, _owned, _beforePass) = (file, module, task, noise, samples, owned, beforePass);

    public ModelFile File { get; }

    public CheckedTask Task { get; }

    public Device Device => _noise.Device;

    /// <summary>The network as an autoencoder; null for other networks.</summary>
    public IAutoencoder? Autoencoder => _module as IAutoencoder;

    /// <summary>Builds the network and fills in its weights.</summary>
    /// <param name="file">The model.</param>
    /// <param name="workload">Who builds its network.</param>
    /// <param name="device">Where.</param>
    /// <param name="beforePass">Called before each pass of rows; may throw to end the work.</param>
    /// <exception cref="ArtifactException">SC4006: the weights are of another network; SC3254: they are not finite; SC3350: an alphabet of
    /// an early release cannot be read.</exception>
    public static MemberNetwork Open(ModelFile file, INetworkWorkload workload, Device device, Action? beforePass = null)
    {
        Finite.Check(file);
        CheckAlphabet(file);
        var hyperparameters = Hyperparameters.Create(workload.Descriptor, file.Fixed, file.Values);
        MemoryGuard.Check(workload.CountParameters(hyperparameters, file.Shape), device);
        var noise = new NoiseSource(file.Seed ?? 0, device);
        try
        {
            using var scope = NewDisposeScope();
            var task = workload.TaskOf(hyperparameters, new(file.Shape, file.TargetScaling, file.ClassCounts ?? [], device));
            var module = workload.NetworkOf(new(hyperparameters, file.Shape, file.Seed ?? 0, noise));
            Fill(module, file);
            module.eval();

            // Whatever network and task hold beside weights (positions, masks, constants) was made in this
            // scope, but lives as long as the model.
            var owned = scope.DisposablesView;
            scope.Detach(owned);
            return new(file, module, task, noise, workload.RecipeOf(hyperparameters).PredictionSamples, owned, beforePass);
        }
        catch
        {
            noise.Dispose();
            throw;
        }
    }

    /// <summary>Predicts rows as they are stored in a data part.</summary>
    /// <param name="inputs">Shape [rows, …], on any device.</param>
    /// <returns>Class probabilities or prepared inputs of an autoencoder, float32, or numbers, float64, shape [rows, …], on the device, in
    /// the caller's dispose scope.</returns>
    public Tensor Predict(Tensor inputs) => InPasses(inputs, prepared => Task.Predict(Output(prepared)));

    /// <summary>Computes the codes of rows.</summary>
    /// <returns>Shape [rows, code size].</returns>
    /// <exception cref="ArtifactException">SC3351: the network has none.</exception>
    public Tensor Encode(Tensor inputs)
    {
        var autoencoder = RequireAutoencoder();
        return InPasses(inputs, autoencoder.Encode);
    }

    /// <summary>Makes inputs from codes that are drawn from the standard normal.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Of the codes.</param>
    /// <returns>Prepared inputs, shape [count, …].</returns>
    /// <exception cref="ArtifactException">SC3351, SC3352: the network cannot.</exception>
    public Tensor Generate(int count, ulong seed)
    {
        var autoencoder = RequireAutoencoder();
        if (!autoencoder.IsGenerative)
        {
            throw new ArtifactException(
                ModelCodes.NotGenerative,
                $"Models of workload '{DisplayText.Shorten(File.Workload)}' make nothing new: their codes have no known distribution; "
                    + $"train a vae.");
        }

        // Drawn here, not on the device, so that a seed means the same everywhere.
        var stream = new RandomStream(seed);
        var codes = tensor(
            [.. Enumerable.Range(0, checked(count * (int)autoencoder.CodeSize)).Select(_ => (float)stream.NextGaussian())],
            [count, autoencoder.CodeSize]);
        return InPasses(codes, autoencoder.Decode, isPrepared: true);
    }

    /// <summary>Turns predictions into numbers in the units of the data.</summary>
    /// <returns>Shape [rows, outputs].</returns>
    public double[,] ToNumbers(Tensor predictions) =>
        Finite.Check(Autoencoder is null ? ToRows(predictions) : File.Preprocessing.Restore(predictions));

    /// <summary>Predicts the rows of a part.</summary>
    /// <returns>Shape [rows, outputs]; for masks [rows × height × width, classes].</returns>
    public double[,] PredictRows(Data.DataPart part)
    {
        using var scope = NewDisposeScope();
        return ToRows(Predict(part.Inputs));
    }

    /// <summary>Scores the network on rows as they are stored in a data part.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="byRow">Whether they are scored one by one too.</param>
    /// <param name="read">Reads some of them with their answers.</param>
    /// <param name="sums">Takes what the metrics are made of; null for nobody.</param>
    /// <returns>As a trial is measured.</returns>
    public PartScores Score(int rows, bool byRow, Func<int, int, Batch> read, RowSums? sums = null) =>
        PartScores.Of(Task, File.Shape, Autoencoder is not null, rows, byRow, (start, count) =>
        {
            _beforePass?.Invoke();
            var stored = read(start, count);
            var batch = stored with { Inputs = File.Preprocessing.Prepare(stored.Inputs) };
            var output = Output(batch.Inputs);
            RequireFinite(output);
            return (batch, output);
        }, sums);

    /// <summary>Scores the network on rows with known answers.</summary>
    /// <returns>As a trial is measured.</returns>
    public ModelScores Evaluate(Tensor inputs, KnownAnswers answers)
    {
        var rows = (int)inputs.size(0);
        var scores = Score(
            rows,
            byRow: false,
            (start, count) => new(inputs.narrow(0, start, count).to(Device), answers.Targets(start, count, File.TargetScaling, Device)));
        return new(rows, scores.Metrics, scores.Confusion);
    }

    /// <summary>Copies predictions to the host.</summary>
    public static double[,] ToRows(Tensor predictions)
    {
        // The classes of a pixel lie side by side, as those of a row do.
        var host = (predictions.dim() == 4 ? predictions.permute(0, 2, 3, 1).flatten(0, 2) : predictions.flatten(1)).cpu().contiguous();
        var result = new double[host.size(0), host.size(1)];
        Buffer.BlockCopy(host.to(float64).data<double>().ToArray(), 0, result, 0, result.Length * sizeof(double));
        return result;
    }

    public void Dispose()
    {
        _module.Dispose();
        _noise.Dispose();
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }
    }

    private Tensor Output(Tensor prepared)
    {
        var output = NetworkOutput.Of(_module, Task, prepared, _noise, _samples);
        Task.Check(output, prepared.size(0));
        return output;
    }

    // Scores of what is no number would look like scores.
    private void RequireFinite(Tensor output)
    {
        if (!output.isfinite().all().item<bool>())
        {
            Finite.Check(ToRows(Task.Predict(output)));
        }
    }

    private Tensor InPasses(Tensor inputs, Func<Tensor, Tensor> compute, bool isPrepared = false)
    {
        using var noGrad = no_grad();
        var rows = inputs.size(0);
        var size = Math.Max(1, PassNumbers / File.Shape.InputSize);
        var passes = new List<Tensor>();
        for (long start = 0; start < rows; start += size)
        {
            _beforePass?.Invoke();
            using var pass = NewDisposeScope();
            var some = inputs.narrow(0, start, Math.Min(size, rows - start)).to(Device);
            passes.Add(compute(isPrepared ? some : File.Preprocessing.Prepare(some)).MoveToOuterDisposeScope());
        }

        return passes.Count == 1 ? passes[0] : cat(passes);
    }

    private IAutoencoder RequireAutoencoder() => Autoencoder
        ?? throw new ArtifactException(
            ModelCodes.NoCode,
            $"Models of workload '{DisplayText.Shorten(File.Workload)}' have no code; it is autoencoders that have one.");

    // Early releases cut characters beyond U+FFFF in halves, which no file can hold.
    private static void CheckAlphabet(ModelFile file)
    {
        if (file.Preprocessing is TextPreprocessing alphabet
            && (alphabet.Size != file.Shape.Symbols || alphabet.Symbols.EnumerateRunes().Distinct().Count() != alphabet.Size))
        {
            throw new ArtifactException(
                ModelCodes.Alphabet,
                $"The model knows {file.Shape.Symbols} characters, but its file names "
                    + $"{alphabet.Symbols.EnumerateRunes().Distinct().Count()}: an early release wrote it and cut characters beyond U+FFFF "
                    + $"in halves; train it anew.");
        }
    }

    private static void Fill(nn.Module<Tensor, Tensor> module, ModelFile file)
    {
        var weights = file.Weights.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var state = module
            .named_parameters()
            .Select(entry => (entry.name, Tensor: (Tensor)entry.parameter))
            .Concat(module.named_buffers().Select(entry => (entry.name, Tensor: entry.buffer)))
            .ToArray();
        foreach (var (name, tensor) in state)
        {
            TensorCodec.CheckFits(name, tensor, weights);
        }

        foreach (var (name, tensor) in state)
        {
            TensorCodec.CopyInto(tensor, weights[name]);
        }
    }
}
