using SearchCluster.Search.Numerics;

namespace SearchCluster.Search.Tests.Numerics;

public sealed class CholeskyFactorTests
{
    private const int Size = 37;
    private const double Floor = 1e-13;

    [Fact]
    public void Gives_the_factor_of_a_matrix_known_in_closed_form()
    {
        // The symmetric Pascal matrix has the Pascal triangle as its factor.
        var factor = new CholeskyFactor();
        factor.Append([1], Floor);
        factor.Append([1, 2], Floor);
        factor.Append([1, 3, 6], Floor);
        factor.Append([1, 4, 10, 20], Floor);

        factor.Row(3).ToArray().ShouldBe([1, 3, 3, 1], 1e-12);
        factor.LogDeterminant().ShouldBe(0, 1e-12);
    }

    [Fact]
    public void Appending_rows_gives_the_factor_of_the_whole_matrix_by_the_textbook()
    {
        var matrix = Matrix();
        var expected = Textbook(matrix);

        var factor = Factorise(matrix);

        for (var i = 0; i < Size; i++)
        {
            factor.Row(i).ToArray().ShouldBe(expected[i][..(i + 1)], 1e-10);
        }
    }

    [Fact]
    public void Rows_appended_again_after_truncating_are_the_same_bit_for_bit()
    {
        var matrix = Matrix();
        var factor = Factorise(matrix);
        var before = factor.Row(Size - 1).ToArray();

        factor.Truncate(20);
        for (var i = 20; i < Size; i++)
        {
            factor.Append(matrix[i].AsSpan(0, i + 1), Floor);
        }

        factor.Row(Size - 1).ToArray().ShouldBe(before);
    }

    [Fact]
    public void Solves_with_both_triangles()
    {
        var matrix = Matrix();
        var factor = Factorise(matrix);
        double[] expected = [.. Enumerable.Range(0, Size).Select(i => Math.Sin(i))];
        double[] solved = [.. matrix.Select(row => row.Zip(expected, (a, b) => a * b).Sum())];

        factor.SolveLower(solved);
        factor.SolveUpper(solved);

        solved.ShouldBe(expected, 1e-9);
    }

    [Fact]
    public void Inverts()
    {
        var matrix = Matrix();
        var size = CholeskyFactor.Start(Size);
        var (inverse, scratch) = (new double[size], new double[size]);

        Factorise(matrix).Invert(inverse, scratch);

        for (var i = 0; i < Size; i++)
        {
            var unit = Enumerable.Range(0, Size)
                .Select(j => Enumerable.Range(0, Size).Sum(k => matrix[i][k] * At(inverse, k, j)))
                .ToArray();
            unit.ShouldBe([.. Enumerable.Range(0, Size).Select(j => i == j ? 1.0 : 0)], 1e-9);
        }
    }

    [Fact]
    public void A_second_equal_row_gets_the_smallest_pivot()
    {
        var factor = new CholeskyFactor();
        factor.Append([1], Floor);

        factor.Append([1, 1], Floor);

        factor.Row(1)[1].ShouldBe(Math.Sqrt(Floor), 1e-12);
    }

    private static double At(double[] triangle, int i, int j) => triangle[CholeskyFactor.Start(Math.Max(i, j)) + Math.Min(i, j)];

    private static double[][] Matrix() =>
        [.. Enumerable.Range(0, Size)
            .Select(i => Enumerable.Range(0, Size).Select(j => Math.Exp(-0.1 * Math.Abs(i - j)) + (i == j ? 0.1 : 0)).ToArray())];

    private static CholeskyFactor Factorise(double[][] matrix)
    {
        var factor = new CholeskyFactor();
        for (var i = 0; i < matrix.Length; i++)
        {
            factor.Append(matrix[i].AsSpan(0, i + 1), Floor);
        }

        return factor;
    }

    private static double[][] Textbook(double[][] matrix)
    {
        var lower = matrix.Select(row => new double[row.Length]).ToArray();
        for (var j = 0; j < lower.Length; j++)
        {
            for (var i = j; i < lower.Length; i++)
            {
                var rest = matrix[i][j] - Enumerable.Range(0, j).Sum(k => lower[i][k] * lower[j][k]);
                lower[i][j] = i == j ? Math.Sqrt(rest) : rest / lower[j][j];
            }
        }

        return lower;
    }
}
