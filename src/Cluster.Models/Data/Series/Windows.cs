namespace SearchCluster.Models.Data.Series;

/// <summary>How a sequence is cut into rows.</summary>
/// <param name="Length">Steps that a row shows.</param>
/// <param name="Horizon">How many steps after the window the answer lies.</param>
/// <param name="Stride">Steps from one row to the next.</param>
internal sealed record Windows(int Length, int Horizon, int Stride)
{
    /// <summary>Reads a spec.</summary>
    /// <param name="spec">What it says.</param>
    /// <param name="window">Length when it says none.</param>
    /// <param name="stride">Stride when it says none; 0 for the length.</param>
    public static Windows Of(SeriesSpec? spec, int window, int stride)
    {
        var length = spec?.Window ?? window;
        return new(length, spec?.Horizon ?? 1, spec?.Stride ?? (stride == 0 ? length : stride));
    }

    /// <summary>How many rows a sequence gives.</summary>
    public int Count(int steps) => steps < Length + Horizon ? 0 : ((steps - Length - Horizon) / Stride) + 1;

    /// <summary>First step of a row.</summary>
    public int Start(int row) => row * Stride;

    /// <summary>Refuses a sequence that gives no row.</summary>
    /// <exception cref="DataException">SC3013.</exception>
    public void Check(string name, int steps, string what, string remedy = "correct data.series")
    {
        if (Count(steps) == 0)
        {
            throw new DataException(
                DataCodes.Split,
                $"{name} has {steps} {what}, but a window of {Length} with its answer {Horizon} further on needs {Length + Horizon}; "
                    + $"{remedy}.");
        }
    }
}
