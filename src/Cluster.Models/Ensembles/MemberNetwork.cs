using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Training;
using SearchCluster.Models.Workloads;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles;

/// <summary>A kept model ready to predict.</summary>
internal sealed class MemberNetwork : IDisposable
{
    // Numbers of input in one pass, so that a long list of images needs no more memory than a short one.
    private const long PassNumbers = 1 << 19;

    private readonly nn.Module<Tensor, Tensor> _module;
    private readonly ITask _task;
    private readonly NoiseSource _noise;
    private readonly int _samples;

    private MemberNetwork(ModelFile file, nn.Module<Tensor, Tensor> module, ITask task, NoiseSource noise, int samples)
    {
        (File, _module, _task, _noise, _samples) = (file, module, task, noise, samples);
    }

    public ModelFile File { get; }

    /// <summary>Builds the network and fills in its weights.</summary>
    /// <exception cref="ArtifactException">SC4006: the weights are of another network; SC3254: they are not finite.</exception>
    public static MemberNetwork Open(ModelFile file, INetworkWorkload workload, Device device)
    {
        Finite.Check(file);
        var hyperparameters = Hyperparameters.Create(workload.Descriptor, file.Fixed, file.Values);
        MemoryGuard.Check(workload.CountParameters(hyperparameters, file.Shape), device);
        var noise = new NoiseSource(0, device);
        try
        {
            var task = workload.CreateTask(hyperparameters, new(file.Shape, file.TargetScaling, [], device));
            var module = workload.Build(new(hyperparameters, file.Shape, Seed: 0, noise));
            Fill(module, file);
            module.eval();
            return new(file, module, task, noise, workload.Recipe(hyperparameters).PredictionSamples);
        }
        catch
        {
            noise.Dispose();
            throw;
        }
    }

    /// <summary>Predicts rows as they are stored in a data part.</summary>
    /// <param name="inputs">Shape [rows, …], on any device.</param>
    /// <returns>Class probabilities, float32, or numbers, float64, shape [rows, …], on the device, in the caller's dispose scope.</returns>
    public Tensor Predict(Tensor inputs)
    {
        using var noGrad = no_grad();
        var rows = inputs.size(0);
        var size = Math.Max(1, PassNumbers / File.Shape.InputSize);
        var passes = new List<Tensor>();
        for (long start = 0; start < rows; start += size)
        {
            using var pass = NewDisposeScope();
            var prepared = File.Preprocessing.Prepare(inputs.narrow(0, start, Math.Min(size, rows - start)).to(_noise.Device));
            passes.Add(_task.Predict(NetworkOutput.Of(_module, _task, prepared, _noise, _samples)).MoveToOuterDisposeScope());
        }

        return passes.Count == 1 ? passes[0] : cat(passes);
    }

    /// <summary>Scales raw rows of a table and predicts them.</summary>
    /// <returns>Shape [rows, outputs].</returns>
    public double[,] Predict(double[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (File.Preprocessing is SeriesPreprocessing series)
        {
            using var windows = NewDisposeScope();
            return Finite.Check(ToRows(Predict(series.Windows(rows).to(_noise.Device))));
        }

        if (File.Shape.Columns.Count == 0)
        {
            throw new ArtifactException("SC4120", $"The model expects inputs of shape {string.Join(" × ", File.Shape.Input)}, not rows of a table.");
        }

        var (count, columns) = (rows.GetLength(0), rows.GetLength(1));
        if (columns != File.Shape.Columns.Count)
        {
            throw new ArtifactException("SC4120", $"The rows have {columns} columns, but the model expects {File.Shape.Columns.Count}.");
        }

        using var scope = NewDisposeScope();
        return Finite.Check(ToRows(Predict(ToInputs(rows, count, columns).to(_noise.Device))));
    }

    /// <summary>Predicts images.</summary>
    /// <returns>Shape [images, outputs].</returns>
    public double[,] Predict(ImageRows images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (File.Preprocessing is not ImagePreprocessing expected || (expected.Channels, expected.Height, expected.Width) != (images.Size.Channels, images.Size.Height, images.Size.Width))
        {
            throw new ArtifactException("SC4120", $"The model expects inputs of shape {string.Join(" × ", File.Shape.Input)}, but the images have {images.Size.Channels} × {images.Size.Height} × {images.Size.Width}.");
        }

        using var scope = NewDisposeScope();
        return Finite.Check(ToRows(Predict(tensor(images.Pixels, [images.Count, images.Size.Channels, images.Size.Height, images.Size.Width], ScalarType.Byte).to(_noise.Device))));
    }

    /// <summary>Reads the columns of a table that the model expects.</summary>
    public double[,] Read(CsvTable table) => File.Preprocessing switch
    {
        TablePreprocessing columns => table.Select(columns),
        SeriesPreprocessing series => table.Select(series.Columns, series.Reading),
        _ => table.Select(File.Shape.Columns, File.Preprocessing.Reading),
    };

    /// <summary>Predicts the character that follows each text.</summary>
    /// <returns>Shape [texts, characters of the alphabet].</returns>
    public double[,] PredictNext(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var alphabet = File.Preprocessing as TextPreprocessing ?? throw new ArtifactException("SC4120", $"The model expects inputs of shape {string.Join(" × ", File.Shape.Input)}, not a text.");
        using var scope = NewDisposeScope();
        return Finite.Check(ToRows(Predict(alphabet.Encode(texts).to(_noise.Device))));
    }

    private Tensor ToInputs(double[,] rows, int count, int columns)
    {
        if (File.Preprocessing is ImagePreprocessing image)
        {
            var pixels = new byte[count * columns];
            for (var i = 0; i < pixels.Length; i++)
            {
                pixels[i] = image.ToPixel(rows[i / columns, i % columns]);
            }

            return tensor(pixels, [count, image.Channels, image.Height, image.Width], ScalarType.Byte);
        }

        var table = (TablePreprocessing)File.Preprocessing;
        var raw = new double[count * columns];
        Buffer.BlockCopy(rows, 0, raw, 0, raw.Length * sizeof(double));
        return tensor(table.Apply(raw), [count, table.Width]);
    }

    /// <summary>Predicts the rows of a part.</summary>
    /// <returns>Shape [rows, outputs]; for masks [rows × height × width, classes].</returns>
    public double[,] PredictRows(Data.DataPart part)
    {
        using var scope = NewDisposeScope();
        return ToRows(Predict(part.Inputs));
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
    }

    private static void Fill(nn.Module<Tensor, Tensor> module, ModelFile file)
    {
        var weights = file.Weights.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var state = module.named_parameters().Select(entry => (entry.name, Tensor: (Tensor)entry.parameter)).Concat(module.named_buffers().Select(entry => (entry.name, Tensor: entry.buffer))).ToArray();
        foreach (var (name, tensor) in state)
        {
            TensorCodec.CheckFits(name, tensor, weights);
        }

        foreach (var (name, tensor) in state)
        {
            TensorCodec.CopyInto(tensor, weights[name]);

            // Built inside a scope, but it lives as long as the model.
            tensor.DetachFromDisposeScope();
        }
    }
}
