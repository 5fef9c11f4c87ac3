using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>How raw rows become what a network sees, with everything that was fitted on the training part; a
/// part of every saved model.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TablePreprocessing), "table")]
[JsonDerivedType(typeof(ImagePreprocessing), "images")]
[JsonDerivedType(typeof(SeriesPreprocessing), "series")]
[JsonDerivedType(typeof(TextPreprocessing), "text")]
public abstract record InputPreprocessing
{
    /// <summary>How the table was read that the model learned from; null for other data, and in models of
    /// releases that did not keep it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TableReading? Reading { get; init; }

    /// <summary>Smallest and largest number of each column of numbers in the training part, by its name; null for other data, and in
    /// models of releases that did not keep them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ValueMap<ColumnRange>? Ranges { get; init; }

    /// <summary>Turns inputs as they are stored (<see cref="DataPart.Inputs"/>) into what the network sees.</summary>
    /// <param name="inputs">Any number of rows, on any device.</param>
    /// <returns>Float32 or int64, in the caller's dispose scope; the same object when nothing is to be done.</returns>
    internal virtual Tensor Prepare(Tensor inputs) => inputs;

    /// <summary>Turns what a network sees back into the units of the data.</summary>
    /// <param name="prepared">Float32, shape [rows, …] of a prepared input.</param>
    /// <returns>Shape [rows, numbers of a raw row]; a category is its index among the texts.</returns>
    /// <exception cref="DataException">SC4120: there is no way back.</exception>
    internal virtual double[,] Restore(Tensor prepared) => throw new DataException(
        ModelCodes.OtherData, "The characters of a text cannot be reconstructed; use a model of numbers or images.");

    /// <summary>Copies rows to the host.</summary>
    private protected static double[,] ToRows(Tensor rows)
    {
        var host = rows.flatten(1).to(float64).cpu().contiguous();
        var result = new double[host.size(0), host.size(1)];
        Buffer.BlockCopy(host.data<double>().ToArray(), 0, result, 0, result.Length * sizeof(double));
        return result;
    }
}
