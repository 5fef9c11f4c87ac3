using System.IO.Compression;
using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Tables;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Tests.Data.Tables;

public sealed class CsvTests
{
    [Theory]
    [InlineData("", "SC3001", "no data rows")]
    [InlineData("a,b\n", "SC3001", "no data rows")]
    [InlineData("a,b,c\n1,2,x\n1,x\n", "SC3002", "t.csv:3:1: the row has 2 fields, but expected 3")]
    [InlineData("a,b\n1,x\n1,2,3\n", "SC3002", "has 3 fields, but expected 2")]
    [InlineData("a,b,c\n1,2,x\n1,oops,y\n", "SC3004", "t.csv:3:3: column 'b' holds 'oops'")]
    [InlineData("a,b,c\n1,,x\n1,2,y\n", "SC3004", "holds nothing")]
    [InlineData("a,b,c\n1,nan,x\n1,2,y\n", "SC3004", "'nan'")]
    [InlineData("a,b,c\n1,\u001b[31m,x\n1,2,y\n", "SC3004", "'\\x1B[31m'")]
    [InlineData("a;b;c\n1,5;2;x\n1.5;2;y\n3.5;2;x\n", "SC3004", "decimal comma")]
    [InlineData("a,a,c\n1,2,x\n", "SC3006", "names 'a' twice (columns 1 and 2)")]
    [InlineData("a,,c\n1,2,x\n", "SC3006", "column 2 of the header has no name")]
    [InlineData("a,b,c\n1,1e39,x\n1,2,y\n", "SC3005", "outside ±3.4e38")]
    [InlineData("a,b,c\n1,2,x\n1,2,x\n", "SC3009", "at least two classes")]
    [InlineData("a,b,c\n1,\"2,x\n1,2,y\n", "SC3003", "t.csv:2:3: the quote that opens here")]
    [InlineData("a,b,c\n1,2\0,x\n", "SC3010", "NUL")]
    [InlineData("PAR1\u0015\u0004", "SC3130", "is a Parquet file")]
    public void A_file_that_breaks_a_rule_is_refused_with_its_position(string text, string code, string essence)
    {
        var refused = Should.Throw<DataException>(() => Rows(text));

        refused.Code.ShouldBe(code);
        refused.Message.ShouldContain(essence);
    }

    [Fact]
    public void A_gzipped_table_is_unpacked_and_a_damaged_one_is_told()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write("a,b\n1,x\n2,y\n"u8);
        }

        CsvTable.Read(new MemoryStream(packed.ToArray()), "t.csv.gz").Rows.ShouldBe(2);
        var damaged = packed.ToArray();
        damaged[^5] ^= 1;
        Should.Throw<DataException>(() => CsvTable.Read(new MemoryStream(damaged), "t.csv.gz")).Code.ShouldBe("SC3121");
    }

    [Fact]
    public void Other_encodings_are_refused()
    {
        Should.Throw<DataException>(() => CsvTable.Read(new MemoryStream([0xFF, 0xFE, 65, 0]), "t.csv")).Code.ShouldBe("SC3010");
        Should.Throw<DataException>(() => CsvTable.Read(new MemoryStream(Encoding.Latin1.GetBytes("a,b\n1,é\n")), "t.csv")).Code
            .ShouldBe("SC3010");
    }

    [Fact]
    public void A_huge_line_and_too_many_columns_are_refused_before_they_are_held()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<DataException>(() => CsvTable.Read(new EndlessStream(), "t.csv")).Code.ShouldBe("SC3011");
        Should.Throw<DataException>(() => Rows(string.Join(',', Enumerable.Repeat("1", 20_000)))).Code.ShouldBe("SC3011");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64 << 20);
    }

    [Fact]
    public void A_byte_order_mark_quotes_blank_lines_and_carriage_returns_are_read()
    {
        var rows = Rows("\uFEFF\"a\",b,\"c \"\"q\"\"\"\r\n1, 2.5 ,x\r\n\r\n-3e2,+4,\"y\"\r\n");

        rows.Columns.Select(column => column.Name).ShouldBe(["a", "b"]);
        rows.Features.ShouldBe([1f, 2.5f, -300f, 4f]);
        rows.Answer.ClassLabels.ShouldBe(["x", "y"]);
    }

    [Fact]
    public void Whole_numbers_are_classes_in_numeric_order_and_texts_in_ordinal_order()
    {
        Rows("1,10\n2,9\n3,-1\n").Answer.ClassLabels.ShouldBe(["-1", "9", "10"]);
        Rows("1,b\n2,B\n3,a\n").Answer.ClassLabels.ShouldBe(["B", "a", "b"]);
    }

    [Theory]
    [InlineData("b")]
    [InlineData("1")]
    public void The_target_is_found_by_name_or_number(string target)
    {
        var rows = Rows("a,b,c\n1,x,3\n4,y,6\n", target);

        rows.Columns.Select(column => column.Name).ShouldBe(["a", "c"]);
        rows.Features.ShouldBe([1f, 3f, 4f, 6f]);
    }

    [Fact]
    public void A_missing_target_is_told_with_the_nearest_name()
    {
        var refused = Should.Throw<DataException>(() => Rows("width,species\n1,x\n2,y\n", "specis"));

        refused.Code.ShouldBe("SC3007");
        refused.Message.ShouldContain("did you mean 'species'?");
    }

    [Fact]
    public void Columns_that_do_not_fit_a_model_are_told()
    {
        var table = CsvTable.Read(Stream("a,b,d\n1,2,3\n"), "t.csv");

        Should.Throw<DataException>(() => table.Select(["a", "c"])).Message.ShouldContain("lacks the column(s) c");
        table.Select(["d", "a"]).ShouldBe(new double[,] { { 3, 1 } });
    }

    private static TableRows Rows(string text, string? target = null, TableSpec? spec = null) =>
        TableRows.From(CsvTable.Read(Stream(text), "t.csv", CsvOptions.Of(spec)), target, spec, null);

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)'1');
            return buffer.Length;
        }
    }
}
