using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Registry;

namespace SearchCluster.Models.Tests.Data;

/// <summary>What is read must be what was there: a file that somebody writes meanwhile is no data.</summary>
public sealed class ChangingFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-changing-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_grows_while_its_hash_is_taken_is_told()
    {
        var file = Path.Combine(_folder, "rows.csv");
        File.WriteAllText(file, "a,b\n1,2\n");

        var refused = Should.Throw<DataException>(
            () => ManifestReading.Read(file, new Writer(file), TestContext.Current.CancellationToken));

        refused.Code.ShouldBe(DataCodes.Changing);
        refused.Message.ShouldBe("rows.csv changed while it was read; start again when its writer is done.");
    }

    [Fact]
    public void A_file_with_other_bytes_than_its_size_says_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Files of /proc have more bytes than their size says.");

        Should.Throw<DataException>(() => DataFiles.Read("/proc/self/status", 1 << 20)).Code.ShouldBe(DataCodes.Changing);
    }

    // Writes as fast as it is read, so that the file itself has no end.
    private sealed class Writer(string file) : IProgress<long>
    {
        public void Report(long value) => File.AppendAllText(file, "3,4\n");
    }
}
