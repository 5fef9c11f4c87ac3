using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace SearchCluster.Models.Data.Preprocessing;

/// <summary>How raw rows become what a network sees, with everything that was fitted on the training part; a part of every saved model.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TablePreprocessing), "table")]
[JsonDerivedType(typeof(ImagePreprocessing), "images")]
[JsonDerivedType(typeof(SeriesPreprocessing), "series")]
[JsonDerivedType(typeof(TextPreprocessing), "text")]
public abstract record InputPreprocessing
{
    /// <summary>How the table was read that the model learned from; null for other data, and in models of releases that did not keep it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TableReading? Reading { get; init; }

    /// <summary>Turns inputs as they are stored (<see cref="DataPart.Inputs"/>) into what the network sees.</summary>
    /// <param name="inputs">Any number of rows, on any device.</param>
    /// <returns>Float32 or int64, in the caller's dispose scope; the same object when nothing is to be done.</returns>
    internal virtual Tensor Prepare(Tensor inputs) => inputs;
}
