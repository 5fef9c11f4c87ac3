using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Series;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Data;

public sealed class TextCharacterTests : IDisposable
{
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("searchcluster-text-").FullName, "a.txt");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public void Characters_that_only_the_parts_behind_training_have_are_told_with_their_share()
    {
        var data = Create(string.Concat(Enumerable.Repeat("abcde", 160)) + string.Concat(Enumerable.Repeat("ak", 100)));

        data.Warnings.ShouldHaveSingleItem().ShouldMatch(
            "^a.txt: 100 of [0-9]+ characters after the training part \\([0-9.]+ %\\) are ones that the training part never has, so that "
                + "no model can learn them: k \\(U\\+006B\\) 100 time\\(s\\)\\.$");
        ((TextPreprocessing)data.Preprocessing).Untrained.ShouldBe("k");
    }

    [Fact]
    public void A_text_of_the_same_characters_throughout_is_not_warned_of()
    {
        var data = Create(string.Concat(Enumerable.Repeat("abcde", 200)));

        data.Warnings.ShouldBeEmpty();
        ((TextPreprocessing)data.Preprocessing).Untrained.ShouldBeNull();
    }

    [Fact]
    public void New_texts_are_told_of_characters_without_training_where_the_model_looks_at_them()
    {
        var model = new TextPreprocessing("abk", 4, 1) { Untrained = "k" };

        model.Check("new.txt", "abkkabab", isLastWindow: true).ShouldBeEmpty();
        model.Check("new.txt", "abkkabab", isLastWindow: false).Single()
            .ShouldBe("new.txt: 2 of 8 characters of the text (25 %) are ones that the training part never has, so that its answers to "
                + "them mean nothing: k (U+006B) 2 time(s).");
    }

    [Theory]
    [InlineData("ab\nbaz", "new.txt:2:3 has the character z (U+007A), which the training text never had; the model knows 3 characters.")]
    [InlineData("z", "new.txt:1:1 has the character z")]
    [InlineData("\nz", "new.txt:2:1 has the character z")]
    [InlineData("ab\r\nba", "new.txt:1:3 has the character U+000D, which the training text never had; the model knows 3 characters, and "
        + "lines that end as on Unix")]
    public void A_character_that_the_model_does_not_know_is_told_with_its_place(string text, string told)
    {
        var model = new TextPreprocessing("\nab", 9, 1);

        Should.Throw<DataException>(() => model.Check("new.txt", text, isLastWindow: true)).Message.ShouldStartWith(told);
    }

    [Fact]
    public void A_zero_byte_is_called_what_it_is() =>
        Should.Throw<DataException>(() => TextFile.Decode("nul.txt", "ab\0c"u8.ToArray())).Message
            .ShouldBe("nul.txt:1:3 holds the byte 0x00, a control character (NUL) that no text has; remove it, or name the file that is "
                + "the text.");

    private DataSet Create(string text)
    {
        File.WriteAllText(_file, text);
        TorchRuntime.Initialize();
        return DataSet.Create(
            SampleReader.Read(new(_file, null, new(), Format: DataFormat.Text, Series: new(Window: 8, Stride: 1))), new(), 0,
            TorchSharp.torch.CPU);
    }
}
