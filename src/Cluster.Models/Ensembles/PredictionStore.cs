using System.Runtime.InteropServices;
using SearchCluster.Models.Artifacts;
using SearchCluster.Models.Checkpoints;

namespace SearchCluster.Models.Ensembles;

/// <summary>Predictions of trials on the validation part, as safetensors beside their models.</summary>
/// <param name="artifacts">Where artifacts lie.</param>
/// <param name="search">The search.</param>
internal sealed class PredictionStore(IArtifactStore artifacts, SearchId search)
{
    private const string Tensor = "validation";

    /// <summary>Reads the predictions of a trial.</summary>
    /// <returns>Null when there are none of this shape, or they are damaged: they can be made again.</returns>
    public float[,]? Read(TrialId trial, int rows, int outputs)
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
            var stored = SafeTensorsReader.Read(memory.ToArray()).Tensors.FirstOrDefault(tensor => tensor.Name == Tensor);
            if (stored is not { Type: StoredType.F32 } || !stored.Shape.AsSpan().SequenceEqual([rows, outputs]))
            {
                return null;
            }

            var predictions = new float[rows, outputs];
            stored.Bytes.Span.CopyTo(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref predictions[0, 0], predictions.Length)));
            return predictions;
        }
        catch (ArtifactException)
        {
            return null;
        }
    }

    /// <summary>Keeps the predictions of a trial.</summary>
    public void Write(TrialId trial, float[,] predictions)
    {
        var bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref predictions[0, 0], predictions.Length)).ToArray();
        StoredTensor[] tensors = [new(Tensor, StoredType.F32, [predictions.GetLength(0), predictions.GetLength(1)], bytes)];
        var file = new SafeTensorsFile(new Dictionary<string, string>(StringComparer.Ordinal), tensors);
        artifacts.Write(ArtifactPaths.Predictions(search, trial), stream => SafeTensorsFile.Write(stream, file.Header(), tensors), ArtifactDurability.ProcessDeath);
    }
}
