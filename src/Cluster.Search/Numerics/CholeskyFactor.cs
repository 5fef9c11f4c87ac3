using System.Runtime.CompilerServices;

namespace SearchCluster.Search.Numerics;

/// <summary>The lower triangular factor L of a symmetric positive definite matrix A = L Lᵀ that grows row by row.</summary>
/// <remarks>
/// Appending a row costs O(n²); a factor built at once is the one built by appending, bit for bit. A pivot below the floor that the
/// caller gives (rounding made the matrix indefinite, or two rows are equal) is raised to it, which adds that much to the diagonal of A:
/// for a covariance this is noise on one observation. Rows are stored one after another, row i at i (i + 1) / 2.
/// </remarks>
internal sealed class CholeskyFactor
{
    private double[] _rows = new double[64];

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Looks a row up.</summary>
    /// <param name="index">From 0.</param>
    /// <returns>Its <paramref name="index"/> + 1 entries, the diagonal last.</returns>
    public ReadOnlySpan<double> Row(int index) => _rows.AsSpan(Start(index), index + 1);

    /// <summary>Drops rows from the end.</summary>
    /// <param name="count">How many stay.</param>
    public void Truncate(int count) => Count = count;

    /// <summary>Adds a row of A.</summary>
    /// <param name="row">Row n of A up to the diagonal: n + 1 numbers, not changed.</param>
    /// <param name="smallestPivot">Floor of the squared pivot, above 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(ReadOnlySpan<double> row, double smallestPivot)
    {
        var n = Count;
        EnsureCapacity(Start(n + 1));
        var target = _rows.AsSpan(Start(n), n + 1);
        row[..n].CopyTo(target);
        SolveLower(target[..n]);
        target[n] = Math.Sqrt(Math.Max(row[n] - VectorKernels.Dot(target[..n], target[..n]), smallestPivot));
        Count = n + 1;
    }

    /// <summary>Solves L x = b for the leading rows.</summary>
    /// <param name="b">At most <see cref="Count"/> numbers; becomes x.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SolveLower(Span<double> b)
    {
        for (var i = 0; i < b.Length; i++)
        {
            var start = Start(i);
            b[i] = (b[i] - VectorKernels.Dot(_rows.AsSpan(start, i), b)) / _rows[start + i];
        }
    }

    /// <summary>Solves Lᵀ x = b for the leading rows.</summary>
    /// <param name="b">At most <see cref="Count"/> numbers; becomes x.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SolveUpper(Span<double> b)
    {
        for (var i = b.Length - 1; i >= 0; i--)
        {
            var start = Start(i);
            b[i] /= _rows[start + i];
            VectorKernels.AddScaled(-b[i], _rows.AsSpan(start, i), b);
        }
    }

    /// <summary>Computes the lower triangle of A⁻¹.</summary>
    /// <param name="inverse">Gets row i at i (i + 1) / 2; at least n (n + 1) / 2 numbers.</param>
    /// <param name="scratch">As many numbers, overwritten.</param>
    /// <remarks>Costs n³/3 multiply-adds.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invert(Span<double> inverse, Span<double> scratch)
    {
        for (var i = 0; i < Count; i++)
        {
            var source = _rows.AsSpan(Start(i), i + 1);
            var row = scratch.Slice(Start(i), i + 1);
            row.Clear();
            for (var k = 0; k < i; k++)
            {
                VectorKernels.AddScaled(source[k], scratch.Slice(Start(k), k + 1), row);
            }

            var scale = 1 / source[i];
            for (var k = 0; k < i; k++)
            {
                row[k] *= -scale;
            }

            row[i] = scale;
        }

        inverse[..Start(Count)].Clear();
        for (var k = 0; k < Count; k++)
        {
            var row = scratch.Slice(Start(k), k + 1);
            for (var i = 0; i <= k; i++)
            {
                VectorKernels.AddScaled(row[i], row[..(i + 1)], inverse.Slice(Start(i), i + 1));
            }
        }
    }

    /// <summary>Computes the logarithm of the determinant of A.</summary>
    /// <returns>Twice the sum of the logarithms of the pivots.</returns>
    public double LogDeterminant()
    {
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
        {
            sum += Math.Log(_rows[Start(i) + i]);
        }

        return 2 * sum;
    }

    /// <summary>Where a row of a packed triangle starts.</summary>
    /// <param name="row">From 0.</param>
    /// <returns>Number of entries before it.</returns>
    public static int Start(int row) => row * (row + 1) / 2;

    private void EnsureCapacity(int size)
    {
        if (_rows.Length < size)
        {
            Array.Resize(ref _rows, Math.Max(size, 2 * _rows.Length));
        }
    }
}
