using SearchCluster.Models.Data;
using SearchCluster.Models.Tasks;
using static TorchSharp.torch;

namespace SearchCluster.Models.Ensembles.Scoring;

/// <summary>Reads rows of a part with their answers.</summary>
/// <param name="part">Holds inputs and targets.</param>
/// <param name="device">Where they are wanted.</param>
/// <param name="numbers">Which of its rows; null for all.</param>
internal sealed class StoredRows(DataPart part, Device device, long[]? numbers = null)
{
    public int Count => numbers?.Length ?? part.Rows;

    /// <summary>Reads some rows.</summary>
    /// <returns>Inputs as they are stored, and answers as a task reads them; in the caller's dispose scope.</returns>
    public Batch Read(int start, int count)
    {
        var targets = Some(part.Targets, start, count);
        return new(Some(part.Inputs, start, count), targets.dtype == ScalarType.Int16 ? targets.to(int64) : targets);
    }

    private Tensor Some(Tensor all, int start, int count) =>
        (numbers is null
            ? all.narrow(0, start, count)
            : all.index_select(0, tensor(numbers.AsSpan(start, count).ToArray()).to(all.device))).to(device);
}
