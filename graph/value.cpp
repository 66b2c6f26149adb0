#include "islet/value.hpp"
