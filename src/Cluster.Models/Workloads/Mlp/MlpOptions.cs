namespace SearchCluster.Models.Workloads.Mlp;

/// <summary>Shape and initial weights of a multi-layer perceptron.</summary>
/// <param name="Inputs">Number of features.</param>
/// <param name="Outputs">Number of classes.</param>
/// <param name="HiddenLayers">Number of hidden layers; 0 is a linear classifier.</param>
/// <param name="HiddenSize">Units of each hidden layer.</param>
/// <param name="Activation">Activation after each hidden layer.</param>
/// <param name="Initialisation">Law of the initial weights; biases start at 0.</param>
/// <param name="InitialDeviation">Standard deviation of <see cref="WeightInitialisation.Gaussian"/>.</param>
internal sealed record MlpOptions(
    int Inputs,
    int Outputs,
    int HiddenLayers,
    int HiddenSize,
    Activation Activation,
    WeightInitialisation Initialisation,
    double InitialDeviation)
{
    /// <summary>Sizes of the layers from the input to the output.</summary>
    public IEnumerable<int> Sizes => [Inputs, .. Enumerable.Repeat(HiddenSize, HiddenLayers), Outputs];

    public double ParameterCount => Sizes.Zip(Sizes.Skip(1), (inputs, outputs) => (inputs + 1.0) * outputs).Sum();
}

internal enum Activation
{
    Relu,
    LeakyRelu,
    Sigmoid,
    Tanh,
}

internal enum WeightInitialisation
{
    Kaiming,
    Xavier,
    Gaussian,
}
