using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SearchCluster.Artifacts;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Checkpoints;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Storage;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>Predictions of trials on the validation part, as safetensors beside their models.</summary>
/// <param name="artifacts">Where artifacts lie.</param>
/// <param name="search">Name of the search that the trials are of.</param>
/// <param name="part">The validation part; predictions of another one, whose file changed since, are not read.</param>
internal sealed class PredictionStore(IArtifacts artifacts, SearchId search, DataPart part)
{
    private const string Name = "validation";
    private const string PartKey = "part";
    private readonly string _part = Fingerprint(part);

    /// <summary>Reads the predictions of a trial.</summary>
    /// <returns>Null when there are none of this part and shape, or they are damaged: they can be made again.</returns>
    public double[,]? Read(TrialId trial, int rows, int outputs)
    {
        using var stream = artifacts.OpenRead(ArtifactPaths.Predictions(search, trial));
        if (stream is null)
        {
            return null;
        }

        try
        {
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            var file = SafeTensorsReader.Read(memory.ToArray());
            var stored = file.Tensors.FirstOrDefault(tensor => tensor.Name == Name);
            if (file.Metadata.GetValueOrDefault(PartKey) != _part
                || stored is not { Type: StoredType.F64 }
                || !stored.Shape.AsSpan().SequenceEqual([rows, outputs]))
            {
                return null;
            }

            var predictions = new double[rows, outputs];
            stored.Bytes.Span.CopyTo(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref predictions[0, 0], predictions.Length)));
            return predictions;
        }
        catch (ArtifactException)
        {
            return null;
        }
    }

    /// <summary>Keeps the predictions of a trial.</summary>
    public void Write(TrialId trial, double[,] predictions)
    {
        var bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref predictions[0, 0], predictions.Length)).ToArray();
        StoredTensor[] tensors = [new(Name, StoredType.F64, [predictions.GetLength(0), predictions.GetLength(1)], bytes)];
        var file = new SafeTensorsFile(new Dictionary<string, string>(StringComparer.Ordinal) { [PartKey] = _part }, tensors);
        artifacts.Write(
            ArtifactPaths.Predictions(search, trial),
            stream => SafeTensorsFile.Write(stream, file.Header(), tensors),
            ArtifactDurability.ProcessDeath);
    }

    private static string Fingerprint(DataPart part)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var all in (Tensor[])[part.Inputs, part.Targets])
        {
            var rows = MappedTensor.RowsAtOnce(all);
            for (long start = 0; start < part.Rows; start += rows)
            {
                using var scope = NewDisposeScope();
                hash.AppendData(all.narrow(0, start, Math.Min(rows, part.Rows - start)).cpu().contiguous().bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
