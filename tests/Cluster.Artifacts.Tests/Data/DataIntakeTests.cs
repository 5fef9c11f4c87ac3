using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SearchCluster.Artifacts.Data;
using SearchCluster.Contracts.Api;

namespace SearchCluster.Artifacts.Tests.Data;

/// <summary>Data sets that are sent file by file, and handed out again.</summary>
public sealed class DataIntakeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("searchcluster-intake-").FullName;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-12-01T08:00:00Z", null));
    private readonly DataCatalog _catalog;
    private DataIntake _intake;

    public DataIntakeTests()
    {
        _catalog = new(_root);
        _intake = new(_catalog, _clock);
    }

    public void Dispose()
    {
        _intake.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_folder_gets_its_name_when_all_of_it_is_there()
    {
        var (offer, files) = Folder(("a.csv", "1"), ("cat/b.csv", "2"), ("cat/same.csv", "2"));

        _intake.Offer(offer).Missing.ShouldBe([offer.List]);
        await SendAsync(ListOf(files));
        _intake.Offer(offer).Missing.ShouldBe([Hash("1"), Hash("2")], ignoreOrder: true);
        await SendAsync("2");
        _intake.Offer(offer).Missing.ShouldBe([Hash("1")]);
        await SendAsync("1");
        var done = _intake.Offer(offer);

        done.ShouldBe(new(offer.Name, [], offer.List));
        var data = _catalog.Find(offer.Name).ShouldNotBeNull();
        (data.Path, data.Sha256, data.Files, data.Bytes).ShouldBe((Path.Combine(_root, "data", offer.Name), offer.List, 3, 3));
        File.ReadAllText(Path.Combine(data.Path, "cat", "same.csv")).ShouldBe("2");
        Directory.GetFileSystemEntries(Path.Combine(_root, "data", ".incoming")).Select(Path.GetFileName).ShouldBe([".uploads"]);
    }

    [Fact]
    public async Task A_file_keeps_its_name_and_is_handed_out_by_its_hash()
    {
        var offer = await SendAllAsync("houses-1", ("houses.csv", "rows"));

        var shelf = new DataShelf(_catalog);
        var view = shelf.View("houses-1");
        using var content = shelf.Open("houses-1", Hash("rows")).Content;

        (view.IsFolder, view.Sha256, view.Bytes).ShouldBe((false, Hash("rows"), 4));
        view.Files.ShouldBe([new("houses.csv", 4, Hash("rows"))]);
        new StreamReader(content).ReadToEnd().ShouldBe("rows");
        Code(() => shelf.Open("houses-1", Hash("others"))).ShouldBe(DataCodes.CannotOpen);
        Code(() => shelf.View("none")).ShouldBe(DataCodes.NotRegistered);
        File.Delete(Path.Combine(_catalog.FilesFolder("houses-1"), "houses.csv"));
        Code(() => shelf.View("houses-1")).ShouldBe(DataCodes.CannotOpen);
        _ = offer;
    }

    [Fact]
    public async Task What_is_there_is_not_asked_for_again_and_keeps_its_name()
    {
        var offer = await SendAllAsync("houses-1", ("houses.csv", "rows"));

        _intake.Offer(offer).ShouldBe(new("houses-1", [], Hash("rows")));
        _intake.Offer(offer with { Name = "another" }).ShouldBe(new("houses-1", [], Hash("rows")));
    }

    [Fact]
    public async Task Files_stay_over_a_restart_and_go_after_a_week()
    {
        var (offer, files) = Folder(("a.csv", "1"), ("b.csv", "2"));
        await SendAsync(ListOf(files));
        await SendAsync("1");
        _intake.Dispose();
        _intake = new(_catalog, _clock);
        _intake.Offer(offer).Missing.ShouldBe([Hash("2")]);

        foreach (var file in Directory.GetFiles(Path.Combine(_root, "data", ".incoming")))
        {
            File.SetLastWriteTimeUtc(file, _clock.GetUtcNow().UtcDateTime - TimeSpan.FromDays(8));
        }

        _intake.Offer(offer).Missing.ShouldBe([offer.List]);
    }

    [Theory]
    [InlineData("../token")]
    [InlineData("/etc/passwd")]
    [InlineData(".incoming/x")]
    public async Task A_list_with_a_path_that_leads_elsewhere_is_refused_and_forgotten(string path)
    {
        var (offer, files) = Folder((path, "1"));
        await SendAsync(ListOf(files));

        Code(() => _intake.Offer(offer)).ShouldBe(DataCodes.UnsafePath);
        _intake.Offer(offer).Missing.ShouldBe([offer.List]);
        Directory.GetFiles(_root, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense\n")]
    [InlineData("zz86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  a.csv\n")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  a.csv")]
    public async Task What_is_no_list_is_refused(string text)
    {
        await SendAsync(text);

        Code(() => _intake.Offer(new("x", Hash(text), IsFolder: true))).ShouldBe(DataCodes.UnsafePath);
    }

    [Fact]
    public async Task Other_content_does_not_take_a_name()
    {
        await SendAllAsync("houses", ("houses.csv", "rows"));

        await Should.ThrowAsync<ArtifactException>(() => SendAllAsync("houses", ("houses.csv", "other rows")));

        _catalog.Find("houses")!.Sha256.ShouldBe(Hash("rows"));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Code(Action action) => Should.Throw<ArtifactException>(action).Code;

    private static string ListOf(params (string Path, string Text)[] files) => new DataManifest(files
        .OrderBy(file => file.Path, StringComparer.Ordinal)
        .Select(file => new DataFile(file.Path, 0, Hash(file.Text)))
        .ToValueArray()).ToString();

    private static (DataOffer Offer, (string, string)[] Files) Folder(params (string Path, string Text)[] files) =>
        (new("pictures-1", Hash(ListOf(files)), IsFolder: true), files);

    private async Task<DataOffer> SendAllAsync(string name, (string Path, string Text) file)
    {
        var offer = new DataOffer(name, Hash(ListOf(file)), IsFolder: false);
        await SendAsync(ListOf(file));
        await SendAsync(file.Text);
        _intake.Offer(offer).Missing.ShouldBeEmpty();
        return offer;
    }

    private async Task SendAsync(string text)
    {
        var upload = _intake.Uploads.Begin(new(Hash(text), Encoding.UTF8.GetByteCount(text), Hash(text))).Upload;
        await _intake.Uploads.AppendAsync(upload, 0, new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);
        await _intake.Uploads.CompleteAsync(upload, TestContext.Current.CancellationToken);
    }
}
