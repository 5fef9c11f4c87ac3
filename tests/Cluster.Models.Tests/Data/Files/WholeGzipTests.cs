using System.IO.Compression;
using System.Text;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Data.Images.Formats;
using SearchCluster.Models.Data.Tables.Csv;

namespace SearchCluster.Models.Tests.Data.Files;

public sealed class WholeGzipTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void A_whole_file_is_read_as_it_is(int length)
    {
        var content = Bytes(length);

        Unpack(Pack(content)).ShouldBe(content);
        Unpack([.. Pack(content), .. Pack([1, 2, 3])]).ShouldBe([.. content, 1, 2, 3]);
    }

    [Fact]
    public void A_file_that_was_cut_anywhere_is_refused()
    {
        var packed = Pack(Bytes(3_000));

        for (var length = 2; length < packed.Length; length += Math.Max(1, packed.Length / 200))
        {
            Should.Throw<InvalidDataException>(() => Unpack(packed[..length]), $"{length} of {packed.Length} bytes");
        }

        Should.Throw<InvalidDataException>(() => Unpack(packed[..^1]));
        Should.Throw<InvalidDataException>(() => Unpack([.. Pack(Bytes(10)), .. packed[..^9]]));
    }

    [Fact]
    public void What_stands_behind_the_end_is_refused()
    {
        Should.Throw<InvalidDataException>(() => Unpack([.. Pack(Bytes(100)), .. "garbage"u8]));
    }

    [Fact]
    public void A_table_that_was_cut_is_told()
    {
        var packed = Pack(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},{i * 7 % 11}\n"))));

        CsvTable.Read(new MemoryStream(packed), "rows.csv.gz").Rows.ShouldBe(500);
        Should.Throw<DataException>(() => CsvTable.Read(new MemoryStream(packed[..^20]), "rows.csv.gz")).ShouldSatisfyAllConditions(
            refused => refused.Code.ShouldBe("SC3121"),
            refused => refused.Message.ShouldContain("rows.csv.gz is a damaged gzip file"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Idx_images_that_were_cut_are_told(bool isGzipped)
    {
        var path = Path.Combine(Path.GetTempPath(), $"searchcluster-{Guid.NewGuid():N}");
        byte[] plain = [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 20, 0, 0, 0, 20, .. Bytes(4_000)];
        var whole = isGzipped ? Pack(plain) : plain;
        try
        {
            File.WriteAllBytes(path, whole);
            IdxReader.ReadFile(FileTree.Open(path), Path.GetFileName(path), IdxReader.ImagesMagic).Bytes.Length.ShouldBe(4_000);
            File.WriteAllBytes(path, whole[..^9]);
            Should.Throw<DataException>(() => IdxReader.ReadFile(FileTree.Open(path), Path.GetFileName(path), IdxReader.ImagesMagic)).Code
                .ShouldBe(isGzipped ? "SC3121" : "SC3111");

            // A header that promises two thousand million bytes gets none of them.
            File.WriteAllBytes(path, isGzipped
                ? Pack([0, 0, 8, 3, 0, 1, 0, 0, 0, 0, 0, 100, 0, 0, 1, 0])
                : [0, 0, 8, 3, 0, 1, 0, 0, 0, 0, 0, 100, 0, 0, 1, 0]);
            Should.Throw<DataException>(() => IdxReader.ReadFile(FileTree.Open(path), Path.GetFileName(path), IdxReader.ImagesMagic)).Code
                .ShouldBe("SC3111");
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Bytes that do not compress, so that a cut is in the middle of something.
    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (var (i, state) = (0, 7u); i < length; i++)
        {
            bytes[i] = (byte)((state = (state * 1_664_525) + 1_013_904_223) >> 24);
        }

        return bytes;
    }

    private static byte[] Pack(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var packed = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true))
        {
            packed.Write(content);
        }

        return memory.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var unpacked = new WholeGzip(new MemoryStream(packed));
        using var memory = new MemoryStream();
        unpacked.CopyTo(memory, 37);
        return memory.ToArray();
    }
}
