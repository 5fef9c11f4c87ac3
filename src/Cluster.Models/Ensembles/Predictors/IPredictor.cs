using SearchCluster.Artifacts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Images;
using SearchCluster.Models.Data.Preprocessing;
using SearchCluster.Models.Data.Tables.Csv;
using SearchCluster.Models.Ensembles.Scoring;

namespace SearchCluster.Models.Ensembles.Predictors;

/// <summary>A saved model or ensemble.</summary>
public interface IPredictor : IDisposable
{
    /// <summary>Names of the columns a row must have, in order; <c>0</c>, <c>1</c>, … where the training data had no header.</summary>
    ValueArray<string> Columns { get; }

    /// <summary>Class labels in the order of the probabilities; empty when the model answers numbers.</summary>
    ValueArray<string> ClassLabels { get; }

    /// <summary>Names of the numbers that the model answers; empty when it answers a class.</summary>
    ValueArray<string> TargetNames { get; }

    /// <summary>Metrics of the kept weights at the end of training.</summary>
    ValueMap<double> Metrics { get; }

    /// <summary>How raw inputs become what the network sees; tells window, horizon and alphabet of models of series and texts.</summary>
    InputPreprocessing Preprocessing { get; }

    /// <summary>Predicts rows.</summary>
    /// <param name="rows">Raw values, not normalised, shape [rows, columns]; a category is its index among the texts, -1 a text that is
    /// none of them, and NaN an empty field. For a model of series the steps in the order of time, of which each window, also the last,
    /// gives a row of the answer.</param>
    /// <returns>Probabilities, shape [rows, classes], of which each row sums to 1; or numbers, shape [rows, numbers].</returns>
    double[,] Predict(double[,] rows);

    /// <summary>What the data that it learned from look like.</summary>
    DataShape Shape { get; }

    /// <summary>True for an autoencoder: it answers its own input, in the units of the data, in the order of
    /// the columns, pixels or steps.</summary>
    bool IsAutoencoder => false;

    /// <summary>Predicts.</summary>
    /// <param name="input">Rows, a table, images or texts.</param>
    /// <returns>As the other forms of this method.</returns>
    /// <exception cref="ArtifactException">SC4120: the model expects other inputs.</exception>
    double[,] Predict(PredictorInput input);

    /// <summary>Scores the model on rows whose answers are known.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="answers">Their answers; <see cref="KnownAnswers.None"/> for an autoencoder.</param>
    /// <returns>The metrics that trials report, in the same units; for an ensemble those that its own predictions allow.</returns>
    /// <exception cref="ArtifactException">SC4120: the model expects other inputs.</exception>
    ModelScores Evaluate(PredictorInput input, KnownAnswers answers);

    /// <summary>Scores a model of a series on each window whose answer the series holds, as far apart as those
    /// of the training data.</summary>
    /// <param name="steps">Raw values in the order of time, shape [steps, columns].</param>
    /// <returns>As <see cref="Evaluate"/>.</returns>
    /// <exception cref="DataException">SC3013: the series is too short.</exception>
    ModelScores EvaluateSeries(double[,] steps);

    /// <summary>Scores a model of a text on each window whose next character the text holds, as far apart as
    /// those of the training data.</summary>
    /// <param name="text">At least a window with its answer.</param>
    /// <param name="name">Where it comes from, for messages.</param>
    /// <returns>As <see cref="Evaluate"/>.</returns>
    /// <exception cref="DataException">SC3013: the text is too short; SC4121: a character that the training text never had.</exception>
    ModelScores EvaluateText(string text, string name);

    /// <summary>Computes the codes of an autoencoder.</summary>
    /// <param name="input">Rows, a table or images.</param>
    /// <returns>Shape [rows, numbers of a code].</returns>
    /// <exception cref="ArtifactException">SC3351: the model has no code.</exception>
    double[,] Encode(PredictorInput input) =>
        throw new ArtifactException(ModelCodes.NoCode, "An ensemble has no code; name one autoencoder.");

    /// <summary>Makes new inputs from codes drawn from the standard normal, which variational autoencoders can.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed makes the same ones.</param>
    /// <returns>In the units of the data, shape [count, numbers of a row].</returns>
    /// <exception cref="ArtifactException">SC3351, SC3352: the model cannot.</exception>
    double[,] Generate(int count, ulong seed) =>
        throw new ArtifactException(ModelCodes.NoCode, "An ensemble makes nothing new; name one autoencoder.");

    /// <summary>Predicts images.</summary>
    /// <param name="images">Images of the size that the model expects.</param>
    /// <returns>As <see cref="Predict(double[,])"/>; for masks probabilities of each pixel, shape [images × height × width, classes], see
    /// <see cref="MaskPredictions"/>.</returns>
    /// <exception cref="ArtifactException">SC4120: the model expects no images, or others.</exception>
    double[,] Predict(ImageRows images);

    /// <summary>Predicts the rows of a table, whose columns are found by name.</summary>
    /// <param name="table">The table; it may have other columns too.</param>
    /// <returns>As <see cref="Predict(double[,])"/>.</returns>
    /// <exception cref="DataException">A column is missing, or a field does not fit.</exception>
    double[,] Predict(CsvTable table);

    /// <summary>Predicts the character that follows each text.</summary>
    /// <param name="texts">Texts; the last window of each is looked at, and a shorter one is padded at its start.</param>
    /// <returns>Probabilities of the characters, shape [texts, classes].</returns>
    /// <exception cref="DataException">SC4121: a character that the training text never had.</exception>
    /// <exception cref="ArtifactException">SC4120: the model expects no text.</exception>
    double[,] PredictNext(IReadOnlyList<string> texts);
}
