using SearchCluster.Models.Data;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tasks;

/// <summary>What a task is made from, in training and when a saved model is opened.</summary>
/// <param name="Shape">Inputs and answers.</param>
/// <param name="TargetScaling">Scaling of the numbers to answer.</param>
/// <param name="ClassCounts">Training rows, or pixels, of each class; empty when they are not known or the answer is numbers.</param>
/// <param name="Device">Where tensors lie.</param>
public sealed record TaskContext(DataShape Shape, TargetScaling TargetScaling, ValueArray<long> ClassCounts, Device Device)
{
    /// <summary>Describes a data set.</summary>
    /// <param name="data">The data set.</param>
    /// <returns>What tasks need of it.</returns>
    public static TaskContext Of(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data.Shape, data.TargetScaling, data.TrainClassCounts().ToValueArray(), data.Device);
    }
}
