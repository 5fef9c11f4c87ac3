using SearchCluster.Models.Data;

namespace SearchCluster.Models.Tests.Data;

public sealed class PartNotationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-parts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Numbers of x in train.csv and in test.csv, what separates the fields of test.csv, and whether they can be read together.
    [Theory]
    [InlineData("1.510|3.766", "5,434|6,763", ';', false)]
    [InlineData("1.510|3.766", "\"5,434\"|\"6,763\"", ',', false)]
    [InlineData("1.5|3.7", "5,434|6,763", ';', false)]
    [InlineData("1.510|3.766", "5.434|6.763", ';', true)]
    [InlineData("1.5|\"1,234.5\"", "\"5,434\"|\"6,763\"", ',', true)]
    [InlineData("\"1,234\"|3.5", "\"5,434\"|\"6,763\"", ',', true)]
    [InlineData("1|3", "5,434|6,763", ';', true)]
    public void A_mark_that_changes_its_meaning_between_files_is_refused(string train, string test, char separator, bool isRead)
    {
        Write("train.csv", ',', train);
        Write("val.csv", ',', train);
        Write("test.csv", separator, test);
        var spec = new DataSpec(_folder, null, new SplitSpec());

        var refused = Record.Exception(() => SampleReader.Read(spec));

        (refused is null).ShouldBe(isRead, refused?.Message);
        if (!isRead)
        {
            refused.ShouldBeOfType<DataException>().Message.ShouldContain("nothing tells which mark is the decimal one in each file");
        }
    }

    private void Write(string name, char separator, string numbers) => File.WriteAllLines(
        Path.Combine(_folder, name), ["x;z;y".Replace(';', separator), .. numbers.Split('|').SelectMany((number,
            i) => (string[])[$"{number}{separator}{i}{separator}a", $"{number}{separator}{i}{separator}b"])]);
}
